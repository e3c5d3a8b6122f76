import random


def generate(rng: random.Random) -> dict:
    stops = rng.choice((2, 3, 5, 8, 12, 20))
    moves = [rng.choice((0, 1, 2, 3, rng.randint(0, 2 * stops))) for _ in range(stops)]
    gears = rng.choice((2, 3, 5, 7, 10))
    steps = rng.choice((3, 10, 40, 150, 500, rng.randint(0, 2000)))
    return {"kind": "call", "function": "ride", "args": [moves, gears, steps]}
