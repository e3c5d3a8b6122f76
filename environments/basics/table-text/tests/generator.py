import random

WORDS = ("tea", "rice", "a", "", "price", "left over", "Zürich", "x|y", " pad", "42", "brown sugar")


def cell(rng: random.Random) -> str | int | None:
    roll = rng.random()
    if roll < 0.35:
        return rng.choice((0, 7, -3, 12, rng.randint(100, 99999)))
    if roll < 0.42:
        return None
    return rng.choice(WORDS) + rng.choice(("", "", "s", "!!"))


def generate(rng: random.Random) -> dict:
    columns = rng.choice((1, 2, 2, 3, 4, 6))
    rows = [[rng.choice(("item", "qty", "name", "no", "p", "remarks")) for _ in range(columns)]]
    for _ in range(rng.choice((0, 1, 2, 3, 5, 8))):
        length = columns if rng.random() < 0.75 else rng.randint(0, columns)
        rows.append([cell(rng) for _ in range(length)])
    align = "".join(rng.choice("lrc") for _ in range(columns))
    mistake = rng.random()
    if mistake < 0.03:
        rows.append([1] * (columns + 1))
    elif mistake < 0.06:
        align = rng.choice((align + "l", align[1:], align[:-1] + "x"))
    return {"kind": "call", "function": "render", "args": [rows, align]}
