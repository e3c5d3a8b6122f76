"""Reads rules."""

import re
from dataclasses import dataclass
from datetime import date

from remind.days import length_of, read_date, read_weekday

NUMBER = re.compile(r"[1-9][0-9]*")
SHIFTS = ("next", "previous", "skip")
LAST = "last"


@dataclass(frozen=True)
class MonthDay:
    """A day of a month: the so-manyth, or the last, of all days or those of one weekday."""

    count: int | None
    weekday: int | None = None

    def in_month(self, year: int, month: int) -> date | None:
        """Return the day in a month, or None if the month has none."""
        days = [date(year, month, day + 1) for day in range(length_of(year, month))]
        if self.weekday is not None:
            days = [day for day in days if day.weekday() == self.weekday]
        if self.count is None:
            return days[-1]
        return days[self.count - 1] if self.count <= len(days) else None


@dataclass(frozen=True)
class Rule:
    """A rule; whether it has weekdays or a day depends on the unit."""

    unit: str
    step: int
    start: date
    weekdays: tuple[int, ...] = ()
    day: MonthDay | None = None
    until: date | None = None
    times: int | None = None
    shift: str | None = None


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


def read_count(text: str, most: int) -> int | None:
    """Return a number up to the most, or None for the last, or raise ValueError."""
    if text == LAST:
        return None
    count = read_number(text)
    if count > most:
        raise ValueError(f"no month has so many: {text!r}")
    return count


def read_clauses(words: list[str]) -> dict[str, date | int | str]:
    """Return what the clauses at the end of a rule say, by their kinds."""
    clauses: dict[str, date | int | str] = {}
    while words:
        match words:
            case ["until", day, *words]:
                kind, said = "until", read_date(day)
            case ["times", count, *words]:
                kind, said = "times", read_number(count)
            case ["shift", shift, *words] if shift in SHIFTS:
                kind, said = "shift", shift
            case _:
                raise ValueError(f"not a clause: {' '.join(words)!r}")
        if kind in clauses:
            raise ValueError(f"two clauses of the kind {kind!r}")
        clauses[kind] = said
    return clauses


def read_rule(text: str) -> Rule:
    """Return the rule that a text says, or raise ValueError."""
    match text.split(" "):
        case ["every", step, "days", "from", start, *rest]:
            about = {}
        case ["every", step, "weeks", "from", start, "on", days, *rest]:
            about = {"weekdays": read_weekdays(days)}
        case ["every", step, "months", "from", start, "on", count, day, *rest] if day not in (
            "until",
            "times",
            "shift",
        ):
            about = {"day": MonthDay(read_count(count, 5), read_weekday(day))}
        case ["every", step, "months", "from", start, "on", count, *rest]:
            about = {"day": MonthDay(read_count(count, 31))}
        case _:
            raise ValueError(f"not a rule: {text!r}")
    unit = text.split(" ")[2]
    return Rule(unit, read_number(step), read_date(start), **about, **read_clauses(rest))
