"""Goes through the dates of a rule."""

import contextlib
import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from remind.days import FreeDays, month_after
from remind.rules import Rule


class Occurrence(NamedTuple):
    """A date of a rule, and whether it was moved there."""

    day: date
    moved: bool


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
                found = rule.day.in_month(year, month)
                if found is not None:
                    yield found


def own_dates(rule: Rule) -> Iterator[date]:
    """Yield the dates that count, before any is moved."""
    from_start = itertools.dropwhile(lambda day: day < rule.start, all_dates(rule))
    for day in itertools.islice(from_start, rule.times):
        if rule.until is not None and day > rule.until:
            break
        yield day


def settled(rule: Rule, free: FreeDays, last: date) -> Iterator[Occurrence]:
    """Yield the dates of a rule up to the last as they are after moving, in order."""
    step = {"next": 1, "previous": -1}.get(rule.shift, 0)
    for day in own_dates(rule):
        moved = free.working_day(day, step) if step else day
        if moved > last:
            break
        if rule.shift != "skip" or day not in free:
            yield Occurrence(moved, moved != day)


def dates_between(rule: Rule, first: date, last: date, free: FreeDays) -> Iterator[Occurrence]:
    """Yield the dates of a rule from the first to the last, each once, as moved as it must be."""
    for day, group in itertools.groupby(settled(rule, free, last), key=lambda each: each.day):
        moved = [each.moved for each in group]
        if day >= first:
            yield Occurrence(day, all(moved))
