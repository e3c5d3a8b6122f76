import random
from datetime import datetime, timedelta

RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
MISTAKES = ("60 * * * *", "* * * *", "* 5-3 * * *", "*/0 * * * *", "5/10 * * * *", "0 0 30 2 *")


def item(rng: random.Random, least: int, most: int) -> str:
    first = rng.randint(least, most)
    last = rng.randint(first, most)
    step = rng.choice((1, 2, 3, 5, 7, 10, 20))
    return rng.choice(
        (str(first), str(first), f"{first}-{last}", f"{first}-{last}/{step}", f"*/{step}")
    )


def field(rng: random.Random, least: int, most: int, free: float) -> str:
    if rng.random() < free:
        return "*"
    return ",".join(item(rng, least, most) for _ in range(rng.choice((1, 1, 1, 2, 3))))


def generate(rng: random.Random) -> dict:
    free = (0.2, 0.2, 0.45, 0.6, 0.45)
    fields = [field(rng, *limits, share) for limits, share in zip(RANGES, free, strict=True)]
    schedule = " ".join(fields)
    if rng.random() < 0.05:
        schedule = rng.choice(MISTAKES)
    after = datetime(2020, 1, 1) + timedelta(minutes=rng.randint(0, 6 * 366 * 1440))
    if rng.random() < 0.2:
        after = after.replace(month=rng.choice((2, 12)), day=28, hour=23, minute=59)
    arguments = [schedule, after.isoformat(timespec="minutes")]
    return {"kind": "call", "function": "next_run", "args": arguments}
