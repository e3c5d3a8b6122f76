"""Reads rules."""

import re
from dataclasses import dataclass
from datetime import date

from remind.days import read_date, read_weekday

NUMBER = re.compile(r"[1-9][0-9]*")


@dataclass(frozen=True)
class Rule:
    """A rule; which of the last two it has depends on the unit."""

    unit: str
    step: int
    start: date
    weekdays: tuple[int, ...] = ()
    day: int = 0


def read_number(text: str) -> int:
    """Return a number from 1 on, or raise ValueError."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"not a number: {text!r}")
    return int(text)


def read_weekdays(text: str) -> tuple[int, ...]:
    """Return the numbers of days of the week in their order, or raise ValueError."""
    days = [read_weekday(name) for name in text.split(",")]
    if len(set(days)) != len(days):
        raise ValueError(f"a day is named twice: {text!r}")
    return tuple(sorted(days))


def read_day(text: str) -> int:
    """Return a day of a month, or raise ValueError."""
    day = read_number(text)
    if day > 31:
        raise ValueError(f"no month has day {day}")
    return day


def read_rule(text: str) -> Rule:
    """Return the rule that a text says, or raise ValueError."""
    match text.split(" "):
        case ["every", step, "days", "from", start]:
            return Rule("days", read_number(step), read_date(start))
        case ["every", step, "weeks", "from", start, "on", days]:
            weekdays = read_weekdays(days)
            return Rule("weeks", read_number(step), read_date(start), weekdays=weekdays)
        case ["every", step, "months", "from", start, "on", day]:
            return Rule("months", read_number(step), read_date(start), day=read_day(day))
    raise ValueError(f"not a rule: {text!r}")
