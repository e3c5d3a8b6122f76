import calendar
import datetime
import random

DAY = datetime.timedelta(days=1)


def step(rng: random.Random) -> str:
    sign = rng.choice("++-")
    kind = rng.choice("dwmmmbbbbe@@tnnrr")
    if kind in "dwmb":
        number = rng.choice((0, 1, 1, 2, 3, 4, 6, 12, 40 if kind == "b" else 45))
        return f"{sign}{number}{kind}"
    if kind == "@":
        return f"@{rng.choice((1, 5, 10, 15, 28, 29, 30, 31))}"
    names = {
        "e": ("end",),
        "t": ("mon", "wed", "sat", "sun"),
        "n": ("next", "prev"),
        "r": ("near",),
    }
    return rng.choice(names[kind])


def month_ends(rng: random.Random) -> tuple[datetime.date, list[str], list[str]]:
    """A start at or near the end of a month, and steps that count months."""
    year, month = rng.randint(1996, 2035), rng.choice((2, 2, 4, 6, 9, 11))
    last = calendar.monthrange(year, month)[1]
    start = datetime.date(year, month, rng.choice((last, last, last, last, last - 1)))
    terms = [f"{rng.choice('++-')}{rng.choice((1, 1, 2, 3, 6, 12, 13, 48))}m"]
    terms += [rng.choice((f"+{rng.randint(1, 3)}m", "near", "+0d", "+0d"))]
    return start, terms, [f"{year}-{month:02}-{last:02}"] if rng.random() < 0.3 else []


def sundays(rng: random.Random) -> tuple[datetime.date, list[str], list[str]]:
    """A start shortly before or after a yearly holiday that falls on a Sunday."""
    sunday = datetime.date(rng.randint(1996, 2035), 1, 7) + rng.randrange(350) * DAY
    sunday += (6 - sunday.weekday()) * DAY
    holidays = [sunday.isoformat()[5 if rng.random() < 0.9 else 0 :]]
    if rng.random() < 0.4:
        holidays.append((sunday + rng.choice((-7, -1, 1, 2, 7)) * DAY).isoformat()[5:])
    start = sunday + rng.randint(-6, 8) * DAY
    sign = "+" if start <= sunday else "-"
    terms = [rng.choice((f"{sign}{rng.randint(4, 9)}b", f"{sign}{rng.randint(1, 7)}b", "next"))]
    if sign == "-" and terms[0] == "next":
        terms = ["prev"]
    return start, terms, holidays


def generate(rng: random.Random) -> dict:
    start, terms, holidays = rng.choice((month_ends, sundays))(rng)
    terms += [step(rng) for _ in range(rng.choice((0, 0, 0, 1, 2)))]
    for _ in range(rng.choice((0, 1, 2))):
        day = start + rng.randint(-10, 40) * DAY
        holidays.append(day.isoformat()[rng.choice((0, 0, 5)) :])
    holidays += rng.choice(([], [], ["12-25", "01-01"], ["02-29"]))
    if rng.random() < 0.04:
        terms[-1] = rng.choice(("@32", "1d", "", "friday", "+3", "END"))
    elif rng.random() < 0.02:
        holidays.append(rng.choice(("02-30", "2023-02-29", "1-1")))
    joined = rng.choice((",", ", ", " , ")).join(terms)
    return {"kind": "call", "function": "due_date", "args": [start.isoformat(), joined, holidays]}
