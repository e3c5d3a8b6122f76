import random


def generate(rng: random.Random) -> dict:
    count = rng.choice((3, 8, 15, 30, 80, 200))
    span = rng.choice((count, 3 * count, 10 * count))
    longest = rng.choice((2, 5, 12, 30, span))
    return {
        "kind": "call",
        "function": "clashes",
        "args": [count, rng.randrange(10000), span, longest, rng.choice((1, 2, 3, 10))],
    }
