"""Amounts of money: whole cents of a currency."""

import re
from typing import NamedTuple

AMOUNT = re.compile(r"(-?)([0-9]+)(?:\.([0-9]{2}))?(?: ([A-Z]{3}))?")
HOME = "EUR"
PRICE_SIGN = " @@ "


class Amount(NamedTuple):
    """So many cents of a currency."""

    cents: int
    currency: str


class Value(NamedTuple):
    """An amount, and what it counts as in its transaction."""

    amount: Amount
    counted: Amount


def parse_amount(text: str) -> Amount:
    """Return the amount that a text says, or raise ValueError."""
    match = AMOUNT.fullmatch(text)
    if match is None:
        raise ValueError(f"not an amount: {text!r}")
    sign, whole, cents, currency = match.groups()
    total = int(whole) * 100 + int(cents or 0)
    return Amount(-total if sign else total, currency or HOME)


def parse_value(text: str) -> Value:
    """Return an amount with its price, if there is one, or raise ValueError."""
    said, priced, price_said = text.partition(PRICE_SIGN)
    amount = parse_amount(said)
    if not priced:
        return Value(amount, amount)
    price = parse_amount(price_said)
    if price.cents <= 0 or price.currency == amount.currency:
        raise ValueError(f"not a price: {text!r}")
    sign = (amount.cents > 0) - (amount.cents < 0)
    return Value(amount, Amount(sign * price.cents, price.currency))


def format_amount(cents: int) -> str:
    """Return cents as text with two decimals."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole}.{rest:02}"
