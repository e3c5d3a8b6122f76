import re
from datetime import datetime, timedelta

RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
ITEM = re.compile(r"(?:\*|([0-9]+)(?:-([0-9]+))?)(?:/([0-9]+))?")
HORIZON_DAYS = 3000


def read_field(field: str, least: int, most: int) -> set[int]:
    """Return the values that a field of the schedule matches."""
    values: set[int] = set()
    for item in field.split(","):
        match = ITEM.fullmatch(item)
        if match is None:
            raise ValueError(f"not an item of a schedule: {item!r}")
        first, last, step = (part and int(part) for part in match.groups())
        if first is None:
            first, last = least, most
        elif last is None:
            if step is not None:
                raise ValueError(f"a single value takes no step: {item!r}")
            last = first
        if step == 0 or not least <= first <= last <= most:
            raise ValueError(f"out of range: {item!r}")
        values.update(range(first, last + 1, step or 1))
    return values


def next_run(schedule: str, after: str) -> str:
    """Return the first time later than `after` that the schedule matches."""
    fields = re.split(" +", schedule)
    if len(fields) != len(RANGES):
        raise ValueError("a schedule has five fields")
    minutes, hours, days, months, weekdays = (
        read_field(field, *limits) for field, limits in zip(fields, RANGES, strict=True)
    )
    weekdays = {weekday % 7 for weekday in weekdays}
    either = fields[2] != "*" and fields[4] != "*"

    start = datetime.fromisoformat(after)
    midnight = start.replace(hour=0, minute=0)
    for offset in range(HORIZON_DAYS + 1):
        day = midnight + timedelta(days=offset)
        in_days, in_weekdays = day.day in days, day.isoweekday() % 7 in weekdays
        fits = (in_days or in_weekdays) if either else (in_days and in_weekdays)
        if not fits or day.month not in months:
            continue
        for hour in sorted(hours):
            for minute in sorted(minutes):
                run = day.replace(hour=hour, minute=minute)
                if start < run <= start + timedelta(days=HORIZON_DAYS):
                    return run.isoformat(timespec="minutes")
    raise ValueError("the schedule never matches")
