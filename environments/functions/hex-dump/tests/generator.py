import random


def generate(rng: random.Random) -> dict:
    width = rng.choice((1, 2, 4, 4, 5, 8, 16))
    start = rng.choice((0, 0, width, 3, rng.randrange(5000), 16 * width - 2, 0xFFFFFE))
    kinds = (0x00, 0x1F, 0x20, 0x41, 0x7E, 0x7F, 0xE9)
    blocks = [bytes(rng.choice(kinds) for _ in range(width)) for _ in range(2)]
    data = bytes(rng.randrange(256) for _ in range(-start % width))
    for _ in range(rng.choice((1, 2, 3, 4, 5))):
        if rng.random() < 0.75:
            data += rng.choice(blocks) * rng.choice((1, 2, 3, 4, 5))
        else:
            data += bytes(
                rng.randrange(256) for _ in range(rng.randint(1, 2)) for _ in range(width)
            )
    if rng.random() < 0.35:
        data += blocks[0][: rng.randrange(width)]
    if rng.random() < 0.04:
        width = rng.choice((0, 65, -1))
    return {"kind": "call", "function": "dump", "args": [data, start, width]}
