import random


def generate(rng: random.Random) -> dict:
    sizes = [rng.choice((2, 3, 4, 5, 6, 10)) for _ in range(rng.randint(2, 6))]
    dials = [[rng.choice((0, size - 1, rng.randrange(size))), size] for size in sizes]
    turns = []
    for _ in range(rng.randint(1, 6)):
        most = rng.choice((3, 9, 40))
        turns.append([rng.randrange(len(dials)), rng.randint(-most, most)])
    if rng.random() < 0.03:
        turns[-1][0] = rng.choice((-1, len(dials)))
    args = [dials, turns]
    return {"kind": "call", "function": "turn_dials", "args": args, "mutates": True}
