import random


def generate(rng: random.Random) -> dict:
    count, size = rng.choice(
        ((1, 12), (2, 6), (2, 10), (3, 4), (3, 6), (3, 8), (4, 4), (4, 6), (5, 3))
    )
    numbers = (-1, 0, 0, 1, 1, 2, size // 2, size + 1)
    links: list[list[int] | None] = []
    for i in range(count):
        moves = [rng.choice(numbers) for _ in range(count)]
        if rng.random() < 0.6:
            moves[i] = 1
        links.append(moves)
    if count > 2 and rng.random() < 0.3:
        links[rng.randrange(1, count)] = list(links[0])
    if rng.random() < 0.35:
        links[rng.randrange(count)] = None
    dials = [0] * count
    for moves in links:
        turns = rng.randrange(size)
        dials = [(d - turns * m) % size for d, m in zip(dials, moves or [0] * count, strict=True)]
    if rng.random() < 0.06:
        dials[0] = (dials[0] + 1) % size
    return {"kind": "call", "function": "open_lock", "args": [dials, links, size]}
