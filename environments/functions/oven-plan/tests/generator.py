import random

NAMES = ("bread", "buns", "cake", "flan", "loaf", "pie", "pizza", "rolls", "tart", "toast")


def generate(rng: random.Random) -> dict:
    slots = rng.randint(2, 5)
    heats = rng.sample((20, 25, 30, 48), rng.choice((1, 2, 2, 3)))
    orders = []
    for name in rng.sample(NAMES, rng.randint(4, 9)):
        arrives = rng.randint(0, 20)
        trays = rng.randint(1, min(slots, 3))
        due = arrives + rng.randint(3, 40)
        orders.append([name, arrives, rng.randint(2, 9), rng.choice(heats), trays, due])
    if rng.random() < 0.03:
        orders[-1][4] = rng.choice((0, slots + 1))
    args = [orders, slots, rng.choice((5, 10, 10, 20)), rng.choice((5, 8, 12, 12, 20, 60))]
    return {"kind": "call", "function": "bake", "args": args}
