"""Dates, days of the week and holidays."""

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
YEARLY = re.compile(r"([0-9]{2})-([0-9]{2})")
LEAP_YEAR = 2024


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


def length_of(year: int, month: int) -> int:
    """Return how many days a month has."""
    return calendar.monthrange(year, month)[1]


class FreeDays:
    """The days on which nobody works: weekends and holidays."""

    def __init__(self, holidays: Iterable[str] = ()) -> None:
        self._dates: set[date] = set()
        self._yearly: set[tuple[int, int]] = set()
        for text in holidays:
            if match := YEARLY.fullmatch(text):
                day = date(LEAP_YEAR, int(match[1]), int(match[2]))
                self._yearly.add((day.month, day.day))
            else:
                self._dates.add(read_date(text))

    def __contains__(self, day: date) -> bool:
        return (
            day.weekday() >= WEEKDAYS.index("sat")
            or day in self._dates
            or (day.month, day.day) in self._yearly
        )

    def working_day(self, day: date, step: int) -> date:
        """Return the date, or the nearest behind (step 1) or before it (-1) that is not free."""
        while day in self:
            day += timedelta(days=step)
        return day
