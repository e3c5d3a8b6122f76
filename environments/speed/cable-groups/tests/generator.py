import random


def generate(rng: random.Random) -> dict:
    count = rng.choice((1, 2, 5, 9, 16, 33, 80, 200))
    cables = rng.randint(count // 3, 2 * count)
    return {
        "kind": "call",
        "function": "cable_groups",
        "args": [count, rng.randrange(10000), cables],
    }
