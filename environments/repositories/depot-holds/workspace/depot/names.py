"""Checks what callers give."""

import re

SKU = re.compile(r"[a-z0-9-]+")


def check_sku(sku: str) -> None:
    """Raise ValueError unless this is the name of a SKU."""
    if not SKU.fullmatch(sku):
        raise ValueError(f"not a SKU: {sku!r}")


def check_positive(number: int, what: str) -> None:
    """Raise ValueError unless the number is at least 1."""
    if number < 1:
        raise ValueError(f"{what} must be at least 1, not {number}")
