import random

BYTES = (0x00, 0x80, 0xFF, 0x01, 0x7F, 0x08)


def generate(rng: random.Random) -> dict:
    data = bytes(
        rng.choice(BYTES) if rng.random() < 0.5 else rng.randrange(256)
        for _ in range(rng.choice((1, 2, 2, 3, 4, 8)))
    )
    if rng.random() < 0.25:
        data = b"\x00" + data
    left = 8 * len(data)
    widths = []
    while left and (not widths or rng.random() < 0.85):
        width = min(left, rng.choice((1, 1, 2, 3, 4, 5, 8, 8, 11, 20)))
        widths.append(width if rng.random() < 0.5 else -width)
        left -= width
    if rng.random() < 0.07:
        widths.append(rng.choice((0, left + 1, -left - 1)))
    return {"kind": "call", "function": "read_fields", "args": [data, widths]}
