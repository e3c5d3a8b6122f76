import random

NUMBERS = (0, 1, 2, 5, 30, 31, 63, 64, 127, 128, 129, 255, 256, 16383, 16384, 2**28, 2**35 - 1)
TEXTS = ("", "rain", "Föhn", "12.5", "\n", "雪")


def varint(number: int) -> bytes:
    out = bytes([number & 0x7F])
    while number := number >> 7:
        out = bytes([number & 0x7F | 0x80]) + out
    return out


def some(rng: random.Random) -> int:
    return rng.choice(NUMBERS) if rng.random() < 0.6 else rng.randrange(300)


def item(rng: random.Random, labels: list[int], depth: int, *, first: bool) -> bytes:
    kind = rng.choice((0, 1, 2, 3, 4, 4, 4, 4, 5, 5, 6, 6, 6, 6, 7))
    while (first and kind == 6) or (depth == 0 and kind == 4):
        kind = rng.choice((0, 1, 5, 7))
    label = rng.choice((0, 1, 2, 3, 31, 40)) if kind == 7 else rng.choice(labels)
    plain = label < 31 and rng.random() < 0.9
    head = bytes([kind << 5 | label]) if plain else bytes([kind << 5 | 31]) + varint(label)
    if kind < 2:
        return head + varint(some(rng))
    if kind in (2, 3, 4):
        content = rng.choice(TEXTS).encode()
        if kind == 2:
            content = bytes(rng.randrange(256) for _ in range(rng.choice((0, 1, 3, 130))))
        if kind == 4:
            content = row(rng, depth - 1)
        return head + varint(len(content)) + content
    if kind == 5:
        numbers = [some(rng) for _ in range(rng.choice((0, 1, 2, 4)))]
        return head + varint(len(numbers)) + b"".join(map(varint, numbers))
    if kind == 7:
        return head + bytes(rng.choice((0x80, 0xFF, 0x00)) for _ in range(label))
    return head


def row(rng: random.Random, depth: int) -> bytes:
    labels = rng.sample((0, 1, 7, 30, 31, 32, 200), rng.choice((1, 2, 2, 3)))
    out = b""
    first = True
    for _ in range(rng.choice((1, 2, 3, 4, 6))):
        added = item(rng, labels, depth, first=first)
        first = first and added[0] >> 5 == 7
        out += added
    return out


def generate(rng: random.Random) -> dict:
    data = row(rng, 2)
    fault = rng.random()
    if fault < 0.04:
        data = data[: rng.randrange(len(data))]
    elif fault < 0.08:
        at = rng.randrange(len(data))
        data = data[:at] + bytes([rng.choice((0x80, 0xFF, 0x1F, 0xC1))]) + data[at + 1 :]
    return {"kind": "call", "function": "decode", "args": [data]}
