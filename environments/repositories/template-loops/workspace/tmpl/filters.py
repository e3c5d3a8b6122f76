"""The filters, and how values become text."""

from typing import Any


def as_text(value: Any) -> str:
    """Return a value as it is rendered."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    raise TypeError(f"cannot be rendered: {value!r}")


def count(value: Any) -> int:
    """Return how much is in a value."""
    if value is None:
        return 0
    if isinstance(value, str | list | dict):
        return len(value)
    raise TypeError(f"cannot be counted: {value!r}")


FILTERS = {
    "upper": lambda value: as_text(value).upper(),
    "lower": lambda value: as_text(value).lower(),
    "trim": lambda value: as_text(value).strip(),
    "count": count,
}
