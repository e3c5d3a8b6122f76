import random


def generate(rng: random.Random) -> dict:
    pages = rng.choice((1, 6, 12, 30, 60, 300))
    longest = max(1, pages // rng.choice((2, 4, 8, 16)))
    sittings = []
    for _ in range(rng.choice((0, 1, 2, 3, 4, 6, 9, 12))):
        first = rng.randint(1, pages + 2)
        if sittings and rng.random() < 0.3:
            first = rng.choice(sittings)[1] + 1
        elif sittings and rng.random() < 0.2:
            first = rng.randint(*rng.choice(sittings))
        sittings.append([first, first + rng.randint(0, longest)])
    return {"kind": "call", "function": "unread", "args": [pages, sittings], "mutates": True}
