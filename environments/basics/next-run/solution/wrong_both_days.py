from datetime import datetime, timedelta


def parse(field, low, high):
    result = set()
    for item in field.split(","):
        base, slash, step = item.partition("/")
        if slash and not (step.isdigit() and int(step) > 0):
            raise ValueError(item)
        step = int(step) if slash else 1
        if base == "*":
            start, end = low, high
        elif "-" in base:
            start, end = [int(x) if x.isdigit() else -1 for x in base.split("-", 1)]
        else:
            if slash or not base.isdigit():
                raise ValueError(item)
            start = end = int(base)
        if start < low or end > high or start > end:
            raise ValueError(item)
        result |= set(range(start, end + 1, step))
    return result


def next_run(schedule, after):
    fields = schedule.split()
    if len(fields) != 5:
        raise ValueError("five fields needed")
    minutes = parse(fields[0], 0, 59)
    hours = parse(fields[1], 0, 23)
    days = parse(fields[2], 1, 31)
    months = parse(fields[3], 1, 12)
    weekdays = set(range(7)) if fields[4] == "*" else parse(fields[4], 0, 7)
    if 7 in weekdays:
        weekdays.add(0)
    now = datetime.fromisoformat(after) + timedelta(minutes=1)
    end = now + timedelta(days=3000)
    while now < end:
        if (
            now.month not in months
            or now.day not in days
            or now.isoweekday() % 7 not in weekdays
        ):
            now = now.replace(hour=0, minute=0) + timedelta(days=1)
        elif now.hour not in hours:
            now = now.replace(minute=0) + timedelta(hours=1)
        elif now.minute not in minutes:
            now += timedelta(minutes=1)
        else:
            return now.strftime("%Y-%m-%dT%H:%M")
    raise ValueError("no run found")
