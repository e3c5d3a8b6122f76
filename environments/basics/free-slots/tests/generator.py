import random


def generate(rng: random.Random) -> dict:
    opens = rng.choice((0, 420, 480, 540, rng.randint(0, 700)))
    closes = opens + rng.choice((240, 480, 600, rng.randint(30, 700)))
    if rng.random() < 0.03:
        closes = opens - rng.choice((0, 30))
    step = rng.choice((1, 5, 15, 30))
    busy = []
    for _ in range(rng.choice((0, 1, 2, 3, 4, 5, 6, 9, 14))):
        start = rng.randint((opens - 60) // step, (opens + 620) // step) * step
        length = rng.choice((rng.randint(1, 4), rng.randint(1, 12), 0)) * rng.choice((step, 15))
        busy.append([start, start + length])
    if busy and rng.random() < 0.06:
        busy[rng.randrange(len(busy))].reverse()
    at_least = rng.choice((1, 10, 15, 30, 45, 60))
    return {"kind": "call", "function": "free_slots", "args": [busy, opens, closes, at_least]}
