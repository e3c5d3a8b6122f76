"""Settings that come in layers."""

from expand import expanded
from merge import inherited, merged


def load(layers: list[str]) -> dict[str, dict[str, str]]:
    """Return the values of all keys by section and key."""
    return expanded(inherited(merged(layers)))
