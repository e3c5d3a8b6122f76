import random


def generate(rng: random.Random) -> dict:
    colours = rng.choice(("ab", "abc", "abc", "abcd", "abcdefg"))
    size = rng.choice((4, 8, 11, 14, 16))
    ribbon = "".join(rng.choice(colours) for _ in range(size))
    shortest = rng.choice((1, 1, 2, 3))
    longest = min(8, shortest + rng.choice((1, 2, 2, 3)))
    return {"kind": "call", "function": "best_cut", "args": [ribbon, shortest, longest]}
