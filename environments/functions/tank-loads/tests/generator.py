import random


def generate(rng: random.Random) -> dict:
    days = rng.randint(2, 6)
    load = rng.choice((1, 5, 10, 10, 20, 25))
    tank = load * rng.randint(2, 5) + rng.randint(0, load - 1)
    needs = [rng.randint(0, min(tank, 2 * load)) for _ in range(days)]
    # Some days nothing is used, and prices and fee are small, so that plans often cost the same.
    for day in range(days):
        if rng.random() < 0.2:
            needs[day] = 0
    highest = rng.choice((1, 2, 2, 5))
    prices = [rng.randint(1, highest) for _ in range(days)]
    fee = rng.choice((0, 0, 0, 1, 2))
    if rng.random() < 0.05:
        needs[rng.randrange(days)] = tank + 1
    return {"kind": "call", "function": "plan_loads", "args": [needs, prices, tank, load, fee]}
