"""Reads rules."""

import re

from remind.days import read_date, read_weekday


class Rule:
    def __init__(self):
        self.unit = ""
        self.step = 0
        self.start = None
        self.weekdays = []
        # For months: a number or "last", and perhaps a day of the week.
        self.which = None
        self.weekday = None
        self.until = None
        self.times = None
        self.shift = None


def number(text):
    if not re.fullmatch("[1-9][0-9]*", text):
        raise ValueError("bad number " + text)
    return int(text)


def read_rule(text):
    words = text.split(" ")
    words.reverse()

    def take(expected=None):
        if not words:
            raise ValueError("the rule is too short: " + text)
        word = words.pop()
        if expected and word != expected:
            raise ValueError(f"expected {expected}: {text}")
        return word

    rule = Rule()
    take("every")
    rule.step = number(take())
    rule.unit = take()
    if rule.unit not in ("days", "weeks", "months"):
        raise ValueError("unknown unit: " + text)
    take("from")
    rule.start = read_date(take())
    if rule.unit == "weeks":
        take("on")
        rule.weekdays = sorted(read_weekday(name) for name in take().split(","))
        if len(rule.weekdays) != len(set(rule.weekdays)):
            raise ValueError("a day twice: " + text)
    elif rule.unit == "months":
        take("on")
        which = take()
        rule.which = which if which == "last" else number(which)
        if words and words[-1] not in ("until", "times", "shift"):
            rule.weekday = read_weekday(take())
        most = 31 if rule.weekday is None else 5
        if rule.which != "last" and rule.which > most:
            raise ValueError("too large: " + text)
    while words:
        kind = take()
        if kind not in ("until", "times", "shift") or getattr(rule, kind) is not None:
            raise ValueError("bad clause: " + text)
        value = take()
        if kind == "until":
            rule.until = read_date(value)
        elif kind == "times":
            rule.times = number(value)
        elif value in ("next", "previous", "skip"):
            rule.shift = value
        else:
            raise ValueError("bad shift: " + text)
    return rule
