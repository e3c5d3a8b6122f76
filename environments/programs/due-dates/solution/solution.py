import calendar
import re
import sys
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RULES = ("next", "prior", "month", "near")
SATURDAY = 5
LEAP_YEAR = 2000
MOST_TERMS = 4


class Bill(NamedTuple):
    """A bill as its line says it."""

    name: str
    day: date
    terms: list[str]


def read_date(text: str) -> date:
    """Return the date that is written; raise ValueError if it is none."""
    if not re.fullmatch("20[0-9]{2}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date(*map(int, text.split("-")))


def is_term(text: str) -> bool:
    """Return whether this is a term."""
    if re.fullmatch(r"@[0-9]{1,4}", text):
        return 1 <= int(text[1:]) <= 31
    return text in ("end", *WEEKDAYS) or bool(re.fullmatch(r"\+[0-9]{1,4}[dmo]", text))


def last_of_month(day: date) -> date:
    """Return the last day of the month of a date."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_later(day: date, count: int) -> date:
    """Return the day of the same number, or the last one, that many months later."""
    years, month = divmod(day.month - 1 + count, 12)
    last = last_of_month(date(day.year + years, month + 1, 1))
    return last.replace(day=min(day.day, last.day))


class Calendar:
    """Which days are open."""

    def __init__(self) -> None:
        self.closed: set[date] = set()
        self.closed_yearly: set[tuple[int, int]] = set()

    def close(self, text: str) -> None:
        """Close a date or a day of every year; raise ValueError if it is neither."""
        if re.fullmatch("[0-9]{2}-[0-9]{2}", text):
            day = read_date(f"{LEAP_YEAR}-{text}")
            self.closed_yearly.add((day.month, day.day))
        else:
            self.closed.add(read_date(text))

    def is_open(self, day: date) -> bool:
        """Return whether something can be paid on a day."""
        yearly = (day.month, day.day) in self.closed_yearly
        return day.weekday() < SATURDAY and day not in self.closed and not yearly

    def open_day(self, day: date, step: timedelta = DAY) -> date:
        """Return the day itself or the first open one in steps from it."""
        while not self.is_open(day):
            day += step
        return day

    def apply(self, term: str, day: date) -> date:
        """Return where a term leads from a date."""
        if term == "end":
            return last_of_month(day)
        if term in WEEKDAYS:
            return day + DAY * ((WEEKDAYS.index(term) - day.weekday() - 1) % 7 + 1)
        if term.startswith("@"):
            day += DAY
            while day.day != int(term[1:]):
                day += DAY
            return day
        count = int(term[1:-1])
        if term.endswith("d"):
            return day + DAY * count
        if term.endswith("m"):
            return months_later(day, count)
        for _ in range(count):
            day = self.open_day(day + DAY)
        return self.open_day(day)

    def settle(self, day: date, rule: str) -> date:
        """Return the open day on which to pay what is due on a day."""
        after, before = self.open_day(day), self.open_day(day, -DAY)
        if rule == "month":
            return after if after.month == day.month and after.year == day.year else before
        if rule == "near":
            return after if after - day <= day - before else before
        return before if rule == "prior" else after


def read_arguments(arguments: list[str]) -> tuple[str, date | None]:
    """Return the rule and today; raise ValueError if the arguments are not right."""
    names, values = arguments[::2], arguments[1::2]
    if len(names) != len(values) or len(set(names)) < len(names):
        raise ValueError("arguments come in pairs")
    options = dict(zip(names, values, strict=True))
    rule = options.pop("--rule", "next")
    today = options.pop("--today", None)
    if options or rule not in RULES:
        raise ValueError("there is no such argument")
    return rule, None if today is None else read_date(today)


def read_line(fields: list[str], days: Calendar) -> Bill | None:
    """Return a bill, or close a day; raise ValueError if the line is faulty."""
    if fields[0] == "closed":
        _, text = fields
        days.close(text)
        return None
    name, day, *terms = fields
    if not re.fullmatch("[a-z0-9]+", name) or not 1 <= len(terms) <= MOST_TERMS:
        raise ValueError(name)
    if not all(map(is_term, terms)):
        raise ValueError("not a term")
    return Bill(name, read_date(day), terms)


def distance(day: date, today: date) -> str:
    """Return how far a day is from today."""
    days = (day - today).days
    if not days:
        return " today"
    return f" in {days}" if days > 0 else f" late {-days}"


def main() -> int:
    """Print when the bills are due and return the exit status."""
    try:
        rule, today = read_arguments(sys.argv[1:])
    except ValueError:
        return 2
    days = Calendar()
    bills, faulty = [], []
    for number, line in enumerate(sys.stdin.read().split("\n"), 1):
        fields = [field for field in line.split(" ") if field]
        try:
            bill = read_line(fields, days) if fields else None
        except ValueError:
            faulty.append(number)
            continue
        if bill:
            bills.append(bill)
    due = []
    for bill in bills:
        day = bill.day
        for term in bill.terms:
            day = days.apply(term, day)
        settled = days.settle(day, rule)
        due.append((settled, " moved" * (settled != day), bill.name))
    for day, moved, name in sorted(due, key=lambda each: each[0]):
        told = distance(day, today) if today else ""
        print(f"{day} {WEEKDAYS[day.weekday()]} {name}{moved}{told}")
    if faulty:
        print("faulty:", *faulty)
    return 1 if faulty else 0


sys.exit(main())
