import random

STOPS = ("A", "B", "C", "D", "E", "F", "G", "Hill", "Inn", "Jetty")


def chain(stops: list[str]) -> list[tuple[str, str]]:
    return list(zip(stops, stops[1:], strict=False))


def generate(rng: random.Random) -> dict:
    stops = list(STOPS[: rng.choice((3, 4, 5, 6, 8, 10))])
    rng.shuffle(stops)
    start, goal = stops[0], stops[-1]
    pairs = []
    if rng.random() < 0.9:
        # Several ways that share stops, so that totals are close together.
        pairs += chain(stops)
        for _ in range(rng.randint(1, 4)):
            inner = rng.sample(stops[1:-1], rng.randint(1, len(stops) - 2))
            pairs += chain([start, *inner, goal])
    for _ in range(rng.randint(0, 2 * len(stops))):
        pairs.append((rng.choice(stops), rng.choice(stops)))
    prices = rng.choice(
        (
            [rng.randint(1, 60)],
            [rng.randint(0, 9), rng.randint(10, 30)],
            range(5),
            range(10, 31),
            range(500),
        )
    )
    legs = [[a, b, rng.choice(prices)] for a, b in pairs]
    rng.shuffle(legs)
    if legs and rng.random() < 0.03:
        rng.choice(legs)[2] = -1
    if rng.random() < 0.25:
        start, goal = rng.choice(stops), rng.choice(stops)
    return {"kind": "call", "function": "cheapest_trip", "args": [legs, start, goal]}
