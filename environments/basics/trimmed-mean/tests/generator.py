import random


def reading(rng: random.Random) -> float:
    if rng.random() < 0.1:
        return rng.choice((-1000, 5000, 0, 99999.5))
    if rng.random() < 0.5:
        return rng.randint(-50, 150)
    return round(rng.uniform(-50, 150), 3)


def generate(rng: random.Random) -> dict:
    size = rng.choice((1, 2, 3, 4, 5, 6, 7, 9, 10, 13, 20, 40))
    percent = rng.choice((0, 5, 10, 15, 20, 25, 30, 33, 40, 45, 49, rng.randint(0, 49)))
    if rng.random() < 0.04:
        size = 0
    elif rng.random() < 0.04:
        percent = rng.choice((-1, 50, 100))
    values = [reading(rng) for _ in range(size)]
    if rng.random() < 0.2:
        values += [rng.choice(values or [1]) for _ in range(size)]
    return {
        "kind": "call",
        "function": "trimmed_mean",
        "args": [values, percent],
        "tolerance": 1e-9,
    }
