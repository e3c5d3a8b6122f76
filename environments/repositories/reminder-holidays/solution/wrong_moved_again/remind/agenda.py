"""Lists of dates."""

from remind.days import read_date
from remind.expand import check_holidays, dates_between
from remind.rules import read_rule


def occurrences(rule, first, last, holidays=()):
    """Return the dates of a rule from the first to the last."""
    holidays = check_holidays(holidays)
    found = dates_between(read_rule(rule), read_date(first), read_date(last), holidays)
    return [str(day) for day in sorted(found)]


def agenda(entries, first, last, holidays=()):
    """Return a line for each date of each entry, ordered by date."""
    holidays = check_holidays(holidays)
    start, end = read_date(first), read_date(last)
    lines = []
    for place, (title, rule) in enumerate(entries):
        for day, moved in dates_between(read_rule(rule), start, end, holidays).items():
            lines.append((day, place, title + " (moved)" if moved else title))
    return [f"{day} {text}" for day, _, text in sorted(lines)]
