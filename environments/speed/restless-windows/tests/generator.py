import random


def generate(rng: random.Random) -> dict:
    count = rng.choice((5, 12, 30, 80, 200, 400))
    width = rng.randint(1, max(2, min(count, rng.choice((4, 8, 20)))))
    limit = rng.choice((1, 3, 5)) + width // 3
    return {
        "kind": "call",
        "function": "restless_windows",
        "args": [count, rng.randrange(1000), width, limit],
    }
