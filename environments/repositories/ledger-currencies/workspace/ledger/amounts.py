"""Amounts of money, in whole cents."""

import re

AMOUNT = re.compile(r"(-?)([0-9]+)(?:\.([0-9]{2}))?")


def parse_amount(text: str) -> int:
    """Return the cents that a text says, or raise ValueError."""
    match = AMOUNT.fullmatch(text)
    if match is None:
        raise ValueError(f"not an amount: {text!r}")
    sign, whole, cents = match.groups()
    total = int(whole) * 100 + int(cents or 0)
    return -total if sign else total


def format_amount(cents: int) -> str:
    """Return cents as text with two decimals."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole}.{rest:02}"
