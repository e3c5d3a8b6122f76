"""Goes through the dates of a rule."""

import calendar
import re
from datetime import date, timedelta

from remind.days import month_after, read_date

DAY = timedelta(days=1)


def is_free(day, holidays):
    return day.weekday() in (5, 6) or str(day) in holidays or str(day)[5:] in holidays


def check_holidays(holidays):
    for text in holidays:
        read_date("2000-" + text if re.fullmatch("[0-9]{2}-[0-9]{2}", text) else text)
    return set(holidays)


def day_of_month(rule, year, month):
    size = calendar.monthrange(year, month)[1]
    if rule.weekday is None:
        day = size if rule.which == "last" else rule.which
    elif rule.which == "last":
        day = size
        while date(year, month, day).weekday() != rule.weekday:
            day -= 1
    else:
        day = 1 + (rule.weekday - date(year, month, 1).weekday()) % 7 + 7 * (rule.which - 1)
    return date(year, month, day) if day <= size else None


def own_dates(rule, last):
    """The dates of the rule itself, up to a limit."""
    found = []
    number = 0
    while True:
        if rule.unit == "days":
            block = [rule.start + number * rule.step * DAY]
        elif rule.unit == "weeks":
            monday = rule.start - rule.start.weekday() * DAY + number * rule.step * 7 * DAY
            block = [monday + day * DAY for day in rule.weekdays]
        else:
            day = day_of_month(
                rule, *month_after(rule.start.year, rule.start.month, number * rule.step)
            )
            block = [] if day is None else [day]
        for day in block:
            if day < rule.start:
                continue
            if day > last:
                return found
            if rule.until is not None and day > rule.until:
                return found
            if rule.times is not None and len(found) == rule.times:
                return found
            found.append(day)
        number += 1


def dates_between(rule, first, last, holidays):
    """A dictionary from date to whether it is there only because others moved."""
    # Far enough that what moves back into the range is seen.
    limit = last
    while is_free(limit + DAY, holidays):
        limit += DAY
    result = {}
    for day in own_dates(rule, limit):
        place = day
        if rule.shift and is_free(day, holidays):
            if rule.shift == "skip":
                continue
            step = DAY if rule.shift == "next" else -DAY
            while is_free(place, holidays):
                place += step
        if first <= place <= last:
            result[place] = place != day
    return result
