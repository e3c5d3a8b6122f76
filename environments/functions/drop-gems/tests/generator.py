import random


def generate(rng: random.Random) -> dict:
    width = rng.randint(2, 5)
    height = rng.randint(3, 5)
    gems = rng.choice(("AAB", "AABB*", "AABBC*#", "AB*#", "ABC*"))
    columns = [
        "".join(rng.choice(gems) for _ in range(rng.randint(0, height))) for _ in range(width)
    ]
    moves = [(rng.randrange(width), rng.choice(gems)) for _ in range(rng.randint(2, 8))]
    mistake = rng.random()
    if mistake < 0.02:
        moves[-1] = (rng.choice((-1, width)), "A")
    elif mistake < 0.04:
        moves[-1] = (0, rng.choice(("a", "", "AA")))
    args = [columns, moves, height]
    return {"kind": "call", "function": "play", "args": args, "mutates": True}
