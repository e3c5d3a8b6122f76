import random

NAMES = (
    "tea",
    "Tea",
    "coffee",
    "MILK",
    "milk",
    "hot chocolate",
    "a*b",
    "x * y",
    "water",
    "Ale",
    "juice*",
    "cola",
)


def generate(rng: random.Random) -> dict:
    lines = []
    for _ in range(rng.choice((2, 4, 8, 15))):
        line = rng.choice(NAMES)
        roll = rng.random()
        if roll < 0.5:
            line += rng.choice((" *", "*")) + str(
                rng.choice((0, 1, 2, 3, 7, 12, 25, rng.randint(1, 60)))
            )
        elif roll < 0.6:
            line = rng.choice(("", "  ", "*4", f"  {line}  "))
        lines.append(line)
    return {"kind": "program", "args": [], "stdin": "\n".join(lines) + "\n"}
