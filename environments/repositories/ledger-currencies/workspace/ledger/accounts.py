"""Names of accounts."""

import re
from collections.abc import Iterator

ACCOUNT = re.compile(r"[a-z]+(:[a-z]+)*")


def check_account(name: str) -> str:
    """Return the name, or raise ValueError if it is none."""
    if not ACCOUNT.fullmatch(name):
        raise ValueError(f"not an account: {name!r}")
    return name


def with_parents(name: str) -> Iterator[str]:
    """Yield the account and those above it, the topmost first."""
    parts = name.split(":")
    for count in range(1, len(parts) + 1):
        yield ":".join(parts[:count])


def depth_of(name: str) -> int:
    """Return how many names the account has."""
    return name.count(":") + 1
