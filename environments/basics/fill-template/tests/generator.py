import random

NAMES = ("name", "n", "city", "Total_2", "x", "7")
WORDS = ("Dear ", "left, ", " and ", "€ ", "a:b ", "\n", "ok", " - ", "done. ")
VALUES = (0, 3, 41, -7, "", "Ann", "{n}", "} {", "two words", "Zoë")
STRAY = ("}", "{", "{}", "{a b}", "{:x}", "{n", "{x{n}}", "{na-me:1}")


def generate(rng: random.Random) -> dict:
    values = {name: rng.choice(VALUES) for name in NAMES if rng.random() < 0.6}
    numbers = {name: rng.randint(0, 999) for name in values if rng.random() < 0.4}
    values.update(numbers)
    known = list(values) or ["n"]
    parts = []
    for _ in range(rng.choice((1, 2, 3, 4, 5, 7, 10))):
        kind = rng.random()
        if kind < 0.35:
            parts.append(rng.choice(WORDS))
        elif kind < 0.6:
            parts.append("{" + rng.choice(known) + "}")
        elif kind < 0.85:
            parts.append(
                "{" + rng.choice(NAMES) + ":" + rng.choice(("", "none", "a:b", " ?")) + "}"
            )
        elif kind < 0.95:
            parts.append(rng.choice(("{{", "}}", "{{}}", "{{n}}")))
        else:
            parts.append("{" + rng.choice(NAMES) + "}")
    if rng.random() < 0.12:
        parts.insert(rng.randrange(len(parts) + 1), rng.choice(STRAY))
    return {"kind": "call", "function": "fill", "args": ["".join(parts), values]}
