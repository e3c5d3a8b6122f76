import random

DAYS = (1, 2, 9, 10, 11, 100, -1, -20, 0, "1", "mon", "Tue", None)
SHOPS = ("east", "west", "East", "", "10", 9, 10, 100, None, "~")


def generate(rng: random.Random) -> dict:
    days = rng.sample(DAYS, rng.choice((2, 3, 4, 6)))
    shops = rng.sample(SHOPS, rng.choice((2, 3, 4)))
    rows = []
    for _ in range(rng.choice((3, 5, 8, 12))):
        row = {"day": rng.choice(days), "shop": rng.choice(shops)}
        row["sold"] = rng.choice((0, 0, 1, 2, 5, 7, -1, -2, -5, None))
        for field in ("day", "shop", "sold"):
            if rng.random() < 0.04:
                del row[field]
        rows.append(row)
        if row.get("sold") and rng.random() < 0.3:
            rows.append({**row, "sold": -row["sold"]})
    down, across = rng.choice((("day", "shop"), ("day", "shop"), ("shop", "day")))
    if rng.random() < 0.03:
        across = rng.choice((down, "sold"))
    return {"kind": "call", "function": "pivot", "args": [rows, down, across, "sold"]}
