import random

WORDS = (
    "tea",
    "cake",
    "with",
    "a",
    "cherries",
    "sandwich",
    "and",
    "refill",
    "of",
    "breakfast",
    "&",
)
LONG = ("marmalade-orange-jam", "thunderstormcocktail", "extraordinarily-long-name-for-soup")


def generate(rng: random.Random) -> dict:
    width = rng.choice((20, 21, 22, 24, 27, 30, 36, 40))
    items = []
    for _ in range(rng.choice((0, 1, 1, 2, 3, 5))):
        words = [
            rng.choice(LONG) if rng.random() < 0.1 else rng.choice(WORDS)
            for _ in range(rng.choice((0, 1, 2, 2, 3, 4, 6, 9)))
        ]
        text = rng.choice((" ", " ", "  ")).join(words) + rng.choice(("", "", " "))
        cents = rng.choice((rng.randint(0, 99), rng.randint(100, 9999), -rng.randint(1, 1500)))
        if rng.random() < 0.45:
            cents = rng.choice((9999999, 123456, 1234567, 5, -98765, -123456, 100, 200045))
        items.append([text, cents])
    if rng.random() < 0.02:
        width = 19
    elif items and rng.random() < 0.02:
        items[0][1] = -10000000 * 10
    return {"kind": "call", "function": "layout", "args": [items, width]}
