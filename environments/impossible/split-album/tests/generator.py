import random


def generate(rng: random.Random) -> dict:
    low, high = rng.choice(((5, 60), (20, 60), (50, 400), (100, 400), (1, 40)))
    lengths = [
        rng.randint(low, high) for _ in range(rng.choice((1, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14)))
    ]
    # Limits that some songs fill exactly, or with a second too many.
    count = rng.randint(2, 3) if len(lengths) > 3 else 1
    start = rng.randint(0, len(lengths) - count)
    limit = sum(lengths[start : start + count]) + 4 * count - 4 + rng.choice((0, 0, 0, 4, -1, 9))
    if max(lengths) > limit and rng.random() < 0.95:
        limit = max(lengths) + rng.choice((0, 4, high))
    args = [lengths, limit]
    return {"kind": "call", "function": "split_album", "args": args, "mutates": True}
