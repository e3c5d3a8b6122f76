from datetime import datetime, timedelta


def expand(field, low, high):
    result = []
    for item in field.split(","):
        base, _, step = item.partition("/")
        step = int(step or 1)
        if base == "*":
            first, last = low, high
        elif "-" in base:
            first, last = map(int, base.split("-"))
        else:
            first = last = int(base)
        if first < low or last > high:
            raise ValueError(item)
        result.extend(range(first, last + 1, step))
    return result


def next_run(schedule, after):
    minute, hour, day, month, weekday = schedule.split()
    minutes = expand(minute, 0, 59)
    hours = expand(hour, 0, 23)
    days = expand(day, 1, 31)
    months = expand(month, 1, 12)
    weekdays = expand(weekday, 0, 7)
    start = datetime.fromisoformat(after)
    for offset in range(3000):
        date = start.date() + timedelta(days=offset)
        if date.month not in months:
            continue
        if day != "*" and weekday != "*":
            fits = date.day in days or date.weekday() in weekdays
        else:
            fits = date.day in days and date.weekday() in weekdays
        if not fits:
            continue
        for h in sorted(hours):
            for m in sorted(minutes):
                run = datetime(date.year, date.month, date.day, h, m)
                if run > start:
                    return run.isoformat()[:16]
    raise ValueError("never")
