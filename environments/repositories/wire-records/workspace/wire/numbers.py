"""Packs numbers."""

from wire.reader import Reader

LARGEST = 2**64 - 1


def pack_number(number: int) -> bytes:
    """Return a number in groups of seven bits, or raise ValueError if it is out of range."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"out of range: {number}")
    groups = bytearray()
    while number >= 0x80:
        groups.append(number & 0x7F | 0x80)
        number >>= 7
    groups.append(number)
    return bytes(groups)


def unpack_number(reader: Reader) -> int:
    """Read a number, or raise ValueError."""
    number = shift = 0
    while True:
        (group,) = reader.take(1)
        number |= (group & 0x7F) << shift
        if number > LARGEST:
            raise ValueError("a number is too large")
        if group < 0x80:
            break
        shift += 7
    if shift and not group:
        raise ValueError("a number takes more bytes than it needs")
    return number
