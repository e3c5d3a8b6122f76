import calendar
import datetime
import re

DAY = datetime.timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SATURDAY, SUNDAY = 5, 6


class Holidays:
    """Knows which days are working days."""

    def __init__(self, entries: list[str]) -> None:
        self.dates: set[datetime.date] = set()
        self.yearly: set[tuple[int, int]] = set()
        for entry in entries:
            if re.fullmatch("[0-9]{2}-[0-9]{2}", entry):
                day = read_date(f"2000-{entry}")  # a leap year
                self.yearly.add((day.month, day.day))
            else:
                self.dates.add(read_date(entry))

    def is_yearly(self, day: datetime.date) -> bool:
        return (day.month, day.day) in self.yearly

    def works(self, day: datetime.date) -> bool:
        if day.weekday() in (SATURDAY, SUNDAY) or day in self.dates or self.is_yearly(day):
            return False
        eve = day - DAY
        return not (eve.weekday() == SUNDAY and self.is_yearly(eve))

    def nearest(self, day: datetime.date, step: datetime.timedelta) -> datetime.date:
        """Return the first working day from the day on, in steps."""
        while not self.works(day):
            day += step
        return day


def read_date(text: str) -> datetime.date:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"this is no date: {text!r}")
    return datetime.date.fromisoformat(text)


def month_end(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: datetime.date, months: int) -> datetime.date:
    years, month = divmod(day.month - 1 + months, 12)
    first = datetime.date(day.year + years, month + 1, 1)
    last = month_end(first)
    return last if day == month_end(day) else last.replace(day=min(day.day, last.day))


def on_day(day: datetime.date, number: int) -> datetime.date:
    """Return the first date from the day on that is the given day of its month."""
    last = month_end(day)
    found = last.replace(day=min(number, last.day))
    return found if found >= day else on_day(last + DAY, number)


def moved(day: datetime.date, number: int, unit: str, holidays: Holidays) -> datetime.date:
    """Return the date after a step such as `+3d`."""
    if unit == "m":
        return add_months(day, number)
    if unit != "b":
        return day + number * (7 * DAY if unit == "w" else DAY)
    direction = DAY if number > 0 else -DAY
    for _ in range(abs(number)):
        day = holidays.nearest(day + direction, direction)
    return day


def apply(day: datetime.date, step: str, holidays: Holidays) -> datetime.date:
    if found := re.fullmatch("([+-][0-9]{1,4})([dwmb])", step):
        return moved(day, int(found[1]), found[2], holidays)
    if found := re.fullmatch("@([0-9]{1,4})", step):
        if not 1 <= int(found[1]) <= 31:
            raise ValueError(f"no month has such a day: {step!r}")
        return on_day(day, int(found[1]))
    if step in WEEKDAYS:
        return day + (WEEKDAYS.index(step) - day.weekday()) % 7 * DAY
    if step == "end":
        return month_end(day)
    if step not in ("next", "prev", "near"):
        raise ValueError(f"there is no such step: {step!r}")
    later = holidays.nearest(day, DAY)
    if step == "prev" or (step == "near" and later.month != day.month):
        return holidays.nearest(day, -DAY)
    return later


def due_date(start: str, terms: str, holidays: list[str]) -> str:
    """Return the date that the terms lead to from the start."""
    day = read_date(start)
    known = Holidays(holidays)
    for step in terms.split(",") if terms.strip(" ") else []:
        day = apply(day, step.strip(" "), known)
    return day.isoformat()
