import random
from datetime import date, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat")


def generate(rng: random.Random) -> dict:
    first = date(rng.choice((1900, 1999, 2000, 2024, 2025, 2100)), rng.randint(1, 12), 1)
    weekday = rng.randrange(6)
    due = [first + timedelta(days=at) for at in range(-7, 35)]
    due = [day for day in due if day.weekday() == weekday]
    edges = [day for day in due if (day + timedelta(days=2)).month != day.month] or due
    holidays = []
    for _ in range(rng.choice((1, 2, 3, 4, 6))):
        # Often on a day of collection, and for up to three days.
        day = rng.choice((*due, *edges, *edges, first + timedelta(days=rng.randint(-9, 36))))
        days = range(rng.choice((1, 1, 1, 2, 3)))
        block = [day + timedelta(days=more) for more in days]
        near = [abs((a - b).days) for a in block for b in holidays]
        if not near or min(near) > 4:
            holidays += block
    rng.shuffle(holidays)
    lines = [str(day) for day in holidays]
    if lines and rng.random() < 0.2:
        lines += rng.choice(([""], ["  "], [lines[0]]))
    arguments = [f"{first:%Y-%m}", WEEKDAYS[weekday]]
    if rng.random() < 0.04:
        wrong = (["2025-13", "mon"], ["2025-4", "mon"], ["2025-04", "sun"], ["2025-04"])
        arguments = rng.choice(wrong)
    return {"kind": "program", "args": arguments, "stdin": "".join(f"{each}\n" for each in lines)}
