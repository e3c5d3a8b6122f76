import random


def generate(rng: random.Random) -> dict:
    count = rng.choice((6, 20, 60, 150, 400))
    divisor = rng.choice((2, 3, 5, 7, 10, 16, 50))
    if rng.random() < 0.1:
        divisor = rng.choice((1, 200, 999))
    reach = rng.choice((1, 3, 10, 40, 100, 500))
    return {
        "kind": "call",
        "function": "partners",
        "args": [count, rng.randrange(10000), divisor, reach],
    }
