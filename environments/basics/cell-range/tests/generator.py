import random


def generate(rng: random.Random) -> dict:
    top = rng.choice((5, 26, 60, 702, 800, 20_000, 2_000_000))
    column = rng.choice((rng.randint(1, top), rng.randint(1, 60), 26, 27, 52, 702, 703, 18_278))
    row = rng.randint(1, rng.choice((9, 100, 70_000)))
    height = rng.choice((1, 1, 2, rng.randint(1, 500)))
    width = rng.choice((1, 1, 2, rng.randint(1, 40), rng.randint(1, 900)))
    arguments = [row, column, height, width]
    if rng.random() < 0.08:
        arguments[rng.randrange(4)] = rng.choice((0, -1, -20))
    return {"kind": "call", "function": "cell_range", "args": arguments}
