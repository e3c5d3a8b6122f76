import random
from datetime import date, timedelta

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TITLES = ("Rent", "Call Ann", "Bins", "Report")


def clauses(rng: random.Random, start: date) -> str:
    found = []
    if rng.random() < 0.25:
        found.append(f"until {start + timedelta(days=rng.randint(20, 120))}")
    if rng.random() < 0.5:
        found.append(f"times {rng.randint(4, 15)}")
    if rng.random() < 0.85:
        found.append(f"shift {rng.choice(('next', 'previous', 'previous', 'skip', 'skip'))}")
    rng.shuffle(found)
    return "".join(f" {each}" for each in found)


def rule(rng: random.Random, around: date) -> str:
    start = around - timedelta(days=rng.randint(-5, 20))
    unit = rng.choice(("days", "days", "weeks", "weeks", "months", "months"))
    step = rng.choice((1, 1, 2, 3, 5)) if unit == "days" else rng.choice((1, 1, 2, 3))
    text = f"every {step} {unit} from {start}"
    if unit == "weeks":
        text += " on " + ",".join(rng.sample(DAYS, rng.randint(1, 5)))
    if unit == "months":
        text += " on " + rng.choice(
            (
                "last",
                f"last {rng.choice(DAYS)}",
                f"{rng.randint(1, 5)} {rng.choice(DAYS)}",
                str(rng.randint(1, 31)),
                "31",
            )
        )
    text += clauses(rng, start)
    if rng.random() < 0.02:
        text += rng.choice((" shift", " until 2024-13-01", " times 0", " shift next shift next"))
    return text


def generate(rng: random.Random) -> dict:
    first = date(rng.choice((2023, 2024, 2025)), rng.randint(1, 12), rng.randint(1, 28))
    last = first + timedelta(days=rng.randint(10, 90))
    holidays = []
    for _ in range(rng.choice((0, 2, 4, 8))):
        day = first + timedelta(days=rng.randint(-5, 95))
        near = rng.choice((first, last, day, day))
        near += timedelta(days=rng.choice((0, 0, 1)))
        holidays.append(str(near) if rng.random() < 0.5 else str(near)[5:])
    if rng.random() < 0.01:
        holidays.append("13-01")
    if rng.random() < 0.5:
        args = [rule(rng, first), str(first), str(last), holidays]
        return {"kind": "call", "function": "occurrences", "args": args}
    entries = [[title, rule(rng, first)] for title in rng.sample(TITLES, rng.randint(1, 3))]
    args = [entries, str(first), str(last), holidays]
    return {"kind": "call", "function": "agenda", "args": args}
