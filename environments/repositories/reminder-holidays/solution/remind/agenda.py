"""What the project is for: lists of dates."""

from collections.abc import Iterable

from remind.days import FreeDays, read_date
from remind.expand import dates_between
from remind.rules import read_rule


def occurrences(rule: str, first: str, last: str, holidays: Iterable[str] = ()) -> list[str]:
    """Return the dates of a rule from the first to the last."""
    free = FreeDays(holidays)
    found = dates_between(read_rule(rule), read_date(first), read_date(last), free)
    return [each.day.isoformat() for each in found]


def agenda(
    entries: list[tuple[str, str]], first: str, last: str, holidays: Iterable[str] = ()
) -> list[str]:
    """Return a line for each date of each entry, ordered by date."""
    begin, end, free = read_date(first), read_date(last), FreeDays(holidays)
    lines = [
        (day, f"{day} {title}{' (moved)' * moved}")
        for title, rule in entries
        for day, moved in dates_between(read_rule(rule), begin, end, free)
    ]
    return [line for _, line in sorted(lines, key=lambda each: each[0])]
