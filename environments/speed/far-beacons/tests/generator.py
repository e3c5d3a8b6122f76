import random


def generate(rng: random.Random) -> dict:
    count = rng.choice((3, 6, 12, 25, 60, 150))
    size = rng.choice((3, 6, 10, 40, 1000))
    return {
        "kind": "call",
        "function": "farthest",
        "args": [count, rng.randrange(10000), size, rng.choice((2, 3, 3, 8))],
    }
