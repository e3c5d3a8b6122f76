import random

NAMES = ("day", "three", "week", "city", "weekend", "month", "zone")


def generate(rng: random.Random) -> dict:
    span = rng.choice((8, 15, 30, 60))
    count = rng.randint(2, min(span, rng.choice((4, 8, 15, 25))))
    days = [[day, rng.choice((1, 1, 2, 2, 3, 5))] for day in rng.sample(range(span), count)]
    if rng.random() < 0.6:
        days.sort()
    single = rng.choice((1, 2, 2, 3, 5, 10))
    passes = []
    for name in rng.sample(NAMES, rng.choice((1, 2, 3, 4))):
        length = rng.choice((1, 1, 2, 3, 5, 7, 10, 30))
        price = single * rng.choice((2, 3, 4)) + (single * length) // rng.choice((1, 2, 3))
        passes.append([name, length, rng.choice((price, single * length + single, single * 2))])
    if rng.random() < 0.04:
        rng.choice((*days, *passes))[-1] = -1
    return {"kind": "call", "function": "cheapest", "args": [days, single, passes]}
