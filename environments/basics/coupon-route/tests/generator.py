import random

STOPS = ("A", "B", "C", "D", "E", "F", "G", "Hill", "Inn", "Jetty")


def generate(rng: random.Random) -> dict:
    stops = STOPS[: rng.choice((3, 4, 5, 6, 8, 10))]
    top = rng.choice((4, 12, 40, 500))
    legs = []
    order = list(stops)
    rng.shuffle(order)
    if rng.random() < 0.85:
        legs = [[a, b, rng.randint(0, top)] for a, b in zip(order, order[1:], strict=False)]
    for _ in range(rng.randint(0, 3 * len(stops))):
        legs.append([rng.choice(stops), rng.choice(stops), rng.randint(0, 2 * top)])
    rng.shuffle(legs)
    if legs and rng.random() < 0.03:
        rng.choice(legs)[2] = -1
    start, goal = order[0], order[-1]
    if rng.random() < 0.3:
        start, goal = rng.choice(stops), rng.choice(stops)
    return {"kind": "call", "function": "cheapest_trip", "args": [legs, start, goal]}
