import random

NAMES = ("ann", "bob", "cid", "dan", "eva", "flo", "gus", "x")


def simple(rng: random.Random, people: list[str], row: list[str]) -> str:
    """A simple clue, which mostly holds for the row."""
    a, b, c = rng.sample(people, 3)
    at, other = row.index(a), row.index(b)
    kind = rng.choice(("left", "left", "beside", "from", "between", "between", "seat", "edge"))
    if kind == "left":
        clue, holds = f"{a} left {b}", at < other
    elif kind == "beside":
        clue, holds = f"{a} beside {b}", abs(at - other) == 1
    elif kind == "from":
        gap = rng.choice((abs(at - other) - 1, rng.randint(0, 4)))
        clue, holds = f"{a} from {b} {gap}", abs(at - other) - 1 == gap
    elif kind == "between":
        low, high = sorted((other, row.index(c)))
        clue, holds = f"{a} between {b} {c}", low < at < high
    elif kind == "seat":
        seat = rng.choice((at + 1, rng.randint(1, len(row))))
        clue, holds = f"{a} seat {seat}", at + 1 == seat
    else:
        clue, holds = f"{a} edge", at in (0, len(row) - 1)
    if rng.random() < 0.05:
        holds = not holds
    return clue if holds else f"not {clue}"


def generate(rng: random.Random) -> dict:
    people = rng.sample(NAMES, rng.choice((4, 4, 5, 5)))
    row = rng.sample(people, len(people))
    false = rng.sample(people, len(people))
    lines = []
    for _ in range(rng.choice((2, 3, 4, 5, 6))):
        clue = simple(rng, people, row)
        if rng.random() < 0.3:
            clue = f"{clue} {rng.choice(('and', 'or'))} {simple(rng, people, row)}"
        if rng.random() < 0.3:
            clue = f"{clue} or {simple(rng, people, false)} and {simple(rng, people, false)}"
        lines.append(clue)
        if rng.random() < 0.1:
            lines.append(rng.choice(("", "  ", clue)))
    if rng.random() < 0.03:
        lines.append(rng.choice(("zoe edge", "ann or bob", "not not ann edge", "x left x")))
    return {"kind": "program", "args": people, "stdin": "\n".join(lines) + "\n"}
