"""Packs truth values, eight to a byte."""

from wire.reader import Reader


def pack_bits(bits: list[bool]) -> bytes:
    """Return the bytes of truth values, the first in the lowest bit of the first byte."""
    number = sum(bit << at for at, bit in enumerate(bits))
    return number.to_bytes((len(bits) + 7) // 8, "little")


def unpack_bits(count: int, reader: Reader) -> list[bool]:
    """Read so many truth values, or raise ValueError."""
    number = int.from_bytes(reader.take((count + 7) // 8), "little")
    if number >> count:
        raise ValueError("a bit is set that nothing has")
    return [bool(number >> at & 1) for at in range(count)]
