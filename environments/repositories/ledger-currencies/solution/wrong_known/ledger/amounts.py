"""Amounts of money."""

import re

NUMBER = r"-?[0-9]+(?:\.[0-9][0-9])?"
PATTERN = re.compile(rf"({NUMBER})( [A-Z][A-Z][A-Z])?(?: @@ ({NUMBER})( [A-Z][A-Z][A-Z])?)?")


def to_cents(number):
    negative = number.startswith("-")
    whole, _, cents = number.lstrip("-").partition(".")
    value = 100 * int(whole) + int(cents or "0")
    return -value if negative else value


def parse_posting(text):
    """Return (currency, cents, counted currency, counted cents)."""
    found = PATTERN.fullmatch(text)
    if not found:
        raise ValueError("bad amount " + text)
    number, code, price, price_code = found.groups()
    currency = (code or "EUR").strip()
    cents = to_cents(number)
    if price is None:
        return currency, cents, currency, cents
    price_currency = (price_code or "EUR").strip()
    price_cents = to_cents(price)
    if price_cents <= 0:
        raise ValueError("the price must be positive")
    if price_currency == currency:
        raise ValueError("the price is in the same currency")
    if cents < 0:
        price_cents = -price_cents
    return currency, cents, price_currency, price_cents


def format_amount(cents):
    return "%s%d.%02d" % ("-" if cents < 0 else "", abs(cents) // 100, abs(cents) % 100)
