import random

SPECIAL = (0x7E, 0x7D, 0x5E, 0x5D, 0x00, 0xFF)


def message(rng: random.Random) -> bytes:
    data = bytes(
        rng.choice(SPECIAL) if rng.random() < 0.25 else rng.randrange(256)
        for _ in range(rng.choice((0, 1, 2, 3, 5, 8, 20)))
    )
    if data and rng.random() < 0.15:
        wanted = rng.choice((0x7E, 0x7D))
        data += bytes([(wanted - sum(data)) % 256])
    return data


def stream(rng: random.Random, messages: list[bytes]) -> bytes:
    out = bytearray(b"\x7e")
    for data in messages:
        for byte in [*data, sum(data) % 256]:
            out += {0x7E: b"\x7d\x5e", 0x7D: b"\x7d\x5d"}.get(byte, bytes([byte]))
        out += b"\x7e" * rng.choice((1, 1, 1, 2, 3))
    if rng.random() < 0.2:
        out[rng.randrange(len(out))] = rng.choice((0x7D, 0x01, 0x7E))
    return bytes(out)


def generate(rng: random.Random) -> dict:
    messages = [message(rng) for _ in range(rng.choice((1, 1, 2, 3, 4)))]
    if rng.random() < 0.5:
        return {"kind": "call", "function": "pack", "args": [messages]}
    return {"kind": "call", "function": "unpack", "args": [stream(rng, messages)]}
