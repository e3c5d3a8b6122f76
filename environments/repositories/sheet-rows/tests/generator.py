import random

COLUMNS = "ABCYZ"


def row(rng: random.Random) -> int:
    return rng.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 998, 999))


def reference(rng: random.Random) -> str:
    column, dollar = rng.choice(COLUMNS), rng.choice(("", "", "$"))
    return f"{dollar}{column}{rng.choice(('', '', '$'))}{row(rng)}"


def corners(rng: random.Random) -> str:
    left, right = sorted(rng.choice(COLUMNS) for _ in range(2))
    top, bottom = sorted(row(rng) for _ in range(2))
    if bottom - top > 10 and rng.random() < 0.8:
        top = bottom - rng.randint(0, 2)
    marks = [rng.choice(("", "$")) for _ in range(4)]
    return f"{marks[0]}{left}{marks[1]}{top}:{marks[2]}{right}{marks[3]}{bottom}"


def formula(rng: random.Random, depth: int = 2) -> str:
    roll = rng.random()
    if not depth or roll < 0.3:
        return rng.choice((str(rng.randint(0, 20)), reference(rng), reference(rng)))
    if roll < 0.6:
        return f"SUM({corners(rng)})"
    if roll < 0.65:
        return "#REF" if rng.random() < 0.3 else f"({formula(rng, depth - 1)})"
    gap = rng.choice(("", " "))
    sign = rng.choice("+-*")
    return f"{formula(rng, depth - 1)}{gap}{sign}{gap}{formula(rng, depth - 1)}"


def generate(rng: random.Random) -> dict:
    steps = [{"new": "Sheet", "as": "s", "args": []}]

    def do(method: str, *args: object) -> None:
        steps.append({"on": "s", "method": method, "args": list(args), "ask": True})

    used = []
    for _ in range(rng.choice((3, 5, 7))):
        cell = f"{rng.choice(COLUMNS)}{rng.choice((1, 2, 3, 4, 5))}"
        text = rng.choice((str(rng.randint(-9, 50)), "=" + formula(rng), "=" + formula(rng)))
        do("set", cell, "note" if rng.random() < 0.05 else text)
        used.append(cell)
    if rng.random() < 0.03:
        do("set", "A999", "1")
    for _ in range(rng.choice((2, 3, 5))):
        method = rng.choice(("insert_row", "delete_row", "copy", "copy", "copy"))
        if method == "copy":
            cell = rng.choice(used)
            target = f"{rng.choice(COLUMNS)}{rng.choice((1, 1, 2, 3, 4, 6, 7, 9, 998))}"
            do("copy", cell, target)
            used.append(target)
            do("text", target)
        else:
            do(method, rng.choice((1, 2, 2, 3, 3, 4, 5, 998, 999)) if rng.random() < 0.97 else 0)
        for cell in rng.sample(used, min(3, len(used))):
            do("text", cell)
    do("cells")
    for cell in sorted(set(used)):
        do("text", cell)
        do("value", cell)
    return {"kind": "sequence", "steps": steps}
