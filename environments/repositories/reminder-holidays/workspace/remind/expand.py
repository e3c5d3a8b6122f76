"""Goes through the dates of a rule."""

import calendar
import contextlib
import itertools
from collections.abc import Iterator
from datetime import date, timedelta

from remind.days import month_after
from remind.rules import Rule


def all_dates(rule: Rule) -> Iterator[date]:
    """Yield the dates of a rule in order, to the end of the calendar; some may lie before its start."""
    with contextlib.suppress(OverflowError):
        for count in itertools.count(step=rule.step):
            if rule.unit == "days":
                yield rule.start + timedelta(days=count)
            elif rule.unit == "weeks":
                monday = rule.start + timedelta(weeks=count, days=-rule.start.weekday())
                yield from (monday + timedelta(days=day) for day in rule.weekdays)
            else:
                year, month = month_after(rule.start.year, rule.start.month, count)
                if year > date.max.year:
                    return
                if rule.day <= calendar.monthrange(year, month)[1]:
                    yield date(year, month, rule.day)


def dates_between(rule: Rule, first: date, last: date) -> Iterator[date]:
    """Yield the dates of a rule from the first to the last."""
    for found in all_dates(rule):
        if found > last:
            break
        if found >= max(first, rule.start):
            yield found
