import random


def generate(rng: random.Random) -> dict:
    digits = rng.choice((1, 2, 3, 3, 4, 6))
    size = 10**digits
    value = rng.randrange(size)
    readings: list[int | None] = []
    for _ in range(rng.choice((1, 2, 3, 4, 6, 9))):
        readings.append(None if rng.random() < 0.2 else value)
        value = (value + rng.choice((0, 1, rng.randrange(size), size // 2))) % size
    if rng.random() < 0.3:
        readings[0] = None
    if rng.random() < 0.07:
        readings[rng.choice((0, 0, len(readings) - 1))] = rng.choice((-1, size, size + 5))
    return {"kind": "call", "function": "usage", "args": [readings, digits], "mutates": True}
