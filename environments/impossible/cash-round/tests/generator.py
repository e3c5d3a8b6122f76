import random


def amount(rng: random.Random) -> int:
    size = rng.choice((4, 30, 400, 9000, 10**7, 10**20))
    return rng.choice((1, 1, 1, -1)) * rng.randint(0, size)


def generate(rng: random.Random) -> dict:
    lines = [str(amount(rng)) for _ in range(rng.choice((1, 2, 3, 5, 8, 15)))]
    text = "\n".join(lines) + rng.choice(("\n", "\n", ""))
    return {"kind": "program", "args": [], "stdin": text}
