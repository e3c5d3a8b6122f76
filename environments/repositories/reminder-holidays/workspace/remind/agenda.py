"""What the project is for: lists of dates."""

from remind.days import read_date
from remind.expand import dates_between
from remind.rules import read_rule


def occurrences(rule: str, first: str, last: str) -> list[str]:
    """Return the dates of a rule from the first to the last."""
    found = dates_between(read_rule(rule), read_date(first), read_date(last))
    return [each.isoformat() for each in found]


def agenda(entries: list[tuple[str, str]], first: str, last: str) -> list[str]:
    """Return a line for each date of each entry, ordered by date."""
    read_date(first), read_date(last)
    lines = [
        (found, f"{found} {title}")
        for title, rule in entries
        for found in occurrences(rule, first, last)
    ]
    return [line for _, line in sorted(lines, key=lambda each: each[0])]
