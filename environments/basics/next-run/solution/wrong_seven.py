import re
from datetime import datetime, timedelta

LIMITS = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]


def values(field, low, high):
    found = set()
    for item in field.split(","):
        m = re.fullmatch(r"(\*|(\d+)-(\d+)|(\d+))(?:/(\d+))?", item)
        if m is None or (m.group(4) and m.group(5)) or m.group(5) and int(m.group(5)) == 0:
            raise ValueError("bad item " + item)
        if m.group(1) == "*":
            a, b = low, high
        elif m.group(4):
            a = b = int(m.group(4))
        else:
            a, b = int(m.group(2)), int(m.group(3))
        if not low <= a <= b <= high:
            raise ValueError("out of range " + item)
        found.update(range(a, b + 1, int(m.group(5) or 1)))
    return found


def next_run(schedule, after):
    fields = schedule.split()
    if len(fields) != 5:
        raise ValueError("expected five fields")
    minute, hour, day, month, weekday = [
        values(field, low, high) for field, (low, high) in zip(fields, LIMITS)
    ]
    any_day = fields[2] == "*"
    any_weekday = fields[4] == "*"
    time = datetime.fromisoformat(after)
    last = time + timedelta(days=3000)
    date = time.date()
    while date <= last.date():
        # isoweekday gives 1 for Monday to 7 for Sunday
        day_ok = date.day in day
        weekday_ok = any_weekday or date.isoweekday() in weekday
        if any_day or any_weekday:
            good = day_ok and weekday_ok
        else:
            good = day_ok or weekday_ok
        if good and date.month in month:
            for h in sorted(hour):
                for m in sorted(minute):
                    candidate = datetime(date.year, date.month, date.day, h, m)
                    if time < candidate <= last:
                        return candidate.isoformat()[:16]
        date += timedelta(days=1)
    raise ValueError("never")
