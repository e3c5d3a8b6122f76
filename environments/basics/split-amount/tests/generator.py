import random


def generate(rng: random.Random) -> dict:
    largest = rng.choice((1, 3, 10, 100, 1000))
    weights = [rng.randint(0, largest) for _ in range(rng.choice((1, 2, 3, 4, 5, 7, 12)))]
    if rng.random() < 0.25:
        weights = [rng.randint(1, largest)] * len(weights)
    if rng.random() < 0.04:
        weights[rng.randrange(len(weights))] = -rng.randint(1, 5)
    elif rng.random() < 0.03:
        weights = []
    cents = rng.choice((rng.randint(0, 20), rng.randint(100, 9999), rng.randint(10**6, 10**18)))
    if rng.random() < 0.25:
        cents = -cents
    return {"kind": "call", "function": "split_amount", "args": [cents, weights]}
