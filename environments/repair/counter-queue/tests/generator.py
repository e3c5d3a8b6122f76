import random

NAMES = ("Ann", "Bo", "Cy", "Di", "Eve", "Fay", "Gus")


def generate(rng: random.Random) -> dict:
    span = rng.choice((3, 8, 15))
    customers = [
        [rng.choice(NAMES), rng.randint(0, span), rng.randint(1, rng.choice((3, 6, 9)))]
        for _ in range(rng.choice((3, 5, 8, 12)))
    ]
    if rng.random() < 0.3:
        customers.sort(key=lambda customer: customer[1])
    if rng.random() < 0.04:
        rng.choice(customers)[rng.choice((1, 2))] = -1
    args = [customers, rng.choice((1, 1, 2, 2, 3, 4)), rng.choice((0, 1, 2, 4, 6, 10))]
    return {"kind": "call", "function": "serve", "args": args}
