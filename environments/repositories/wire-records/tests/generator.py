import random
from typing import Any

NAMES = ("id", "note", "steps", "flags", "x", "when", "tags", "ok", "size", "k", "more")
TEXTS = ("", "a", "Zoë", "two words", "x" * 130, "日")


def number(rng: random.Random) -> int:
    return rng.choice((0, 1, 63, 64, 127, 128, 300, 8191, 2**32, 2**63 - 1, rng.randint(0, 10**6)))


def single(rng: random.Random, type_: str) -> Any:
    if type_ == "u":
        return number(rng)
    if type_ == "i":
        return number(rng) * rng.choice((1, -1)) - rng.choice((0, 0, 1))
    return rng.choice(TEXTS) if type_ == "t" else rng.random() < 0.5


def packed_number(value: int) -> bytes:
    data = b""
    while value > 127:
        data += bytes([value % 128 + 128])
        value //= 128
    return data + bytes([value])


def packed_bits(bits: list, spare: int = 0) -> bytes:
    """Truth values as bits; the highest bit of the last byte is set too if it is spare."""
    data = [0] * ((len(bits) + 7) // 8)
    for at, bit in enumerate(bits):
        data[at // 8] += bool(bit) << at % 8
    if spare and len(bits) % 8:
        data[-1] |= 128
    return bytes(data)


def packed(type_: str, value: Any) -> bytes:
    if isinstance(value, list):
        rest = [packed(type_[0], item) for item in value]
        return packed_number(len(value)) + (packed_bits(value) if type_ == "b*" else b"".join(rest))
    if type_ == "t":
        return packed_number(len(value.encode())) + value.encode()
    if type_ == "i":
        value = 2 * value if value >= 0 else -2 * value - 1
    return packed_number(int(value))


def generate(rng: random.Random) -> dict:
    fields, record, present, body = [], {}, [], b""
    new = False
    mistake = rng.random()
    for name in rng.sample(NAMES, rng.choice((1, 2, 3, 4, 6, 11))):
        type_ = rng.choice(("u", "t", "b", "i", "i", "u*", "t*", "b*", "b*", "i*"))
        mark = rng.choice(("", "", "?"))
        new = new or bool(mark) or type_ not in "utb"
        value: Any = single(rng, type_[0])
        if "*" in type_:
            length = rng.choice((0, 1, 2, 3, 8, 9, 12) if type_ == "b*" else (0, 1, 2, 3, 5))
            value = [single(rng, type_[0]) for _ in range(length)]
        if mark:
            value = None if rng.random() < 0.4 else value
            present.append(value is not None)
        fields.append(f"{name}{mark}:{type_}")
        if value is not None:
            body += packed(type_, value)
        if value is not None or rng.random() < 0.5:
            record[name] = value
    schema = " ".join(fields)
    if rng.random() < 0.5:
        if mistake < 0.02:
            record[rng.choice(list(record) or ["id"])] = rng.choice(
                (1.5, -1, [None], [True, 2], "q")
            )
        return {"kind": "call", "function": "pack", "args": [schema, record]}
    data = bytes([2 if new else 1]) + packed_bits(present, mistake > 0.86) + body
    if mistake < 0.04:
        at = rng.randrange(len(data))
        data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
    elif mistake < 0.06:
        data += b"\0"
    data += bytes([sum(data) % 256])
    return {"kind": "call", "function": "unpack", "args": [schema, data]}
