"""Dates and days of the week."""

import re
from datetime import date

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def read_date(text: str) -> date:
    """Return the date that a text says, or raise ValueError."""
    match = DATE.fullmatch(text)
    if match is None or not 1900 <= int(match[1]) <= 2199:
        raise ValueError(f"not a date: {text!r}")
    return date(int(match[1]), int(match[2]), int(match[3]))


def read_weekday(text: str) -> int:
    """Return the number of a day of the week, Monday being 0, or raise ValueError."""
    if text not in WEEKDAYS:
        raise ValueError(f"not a day of the week: {text!r}")
    return WEEKDAYS.index(text)


def month_after(year: int, month: int, count: int) -> tuple[int, int]:
    """Return year and month so many months later."""
    more, index = divmod(month - 1 + count, 12)
    return year + more, index + 1
