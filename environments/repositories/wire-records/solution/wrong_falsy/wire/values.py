"""Packs values of every type."""

from wire.numbers import pack_number, unpack_number

LOW, HIGH = -(2**63), 2**63 - 1


def pack_one(kind, value):
    wanted = {"u": int, "i": int, "t": str, "b": bool}[kind]
    if type(value) is not wanted:
        raise TypeError(f"{value!r} is not {wanted}")
    if kind == "b":
        return b"\x01" if value else b"\x00"
    if kind == "t":
        data = value.encode("utf-8")
        return pack_number(len(data)) + data
    if kind == "i":
        if not LOW <= value <= HIGH:
            raise ValueError("out of range")
        value = value * 2 if value >= 0 else -value * 2 - 1
    return pack_number(value)


def unpack_one(kind, reader):
    if kind == "b":
        byte = reader.take(1)
        if byte not in (b"\x00", b"\x01"):
            raise ValueError("bad truth value")
        return byte == b"\x01"
    number = unpack_number(reader)
    if kind == "t":
        return reader.take(number).decode("utf-8")
    if kind == "i":
        return number // 2 if number % 2 == 0 else -(number // 2) - 1
    return number


def pack_flags(flags):
    data = bytearray()
    for place, flag in enumerate(flags):
        if place % 8 == 0:
            data.append(0)
        if flag:
            data[-1] |= 1 << (place % 8)
    return bytes(data)


def unpack_flags(count, reader):
    size = count // 8 + (1 if count % 8 else 0)
    flags = []
    for byte in reader.take(size):
        for place in range(8):
            flags.append(bool(byte & (1 << place)))
    if any(flags[count:]):
        raise ValueError("bits that belong to nothing")
    return flags[:count]


def pack_field(field, value):
    if not field.many:
        return pack_one(field.type, value)
    if not isinstance(value, list):
        raise TypeError("not a list")
    packed = [pack_one(field.type, item) for item in value]
    head = pack_number(len(value))
    return head + (pack_flags(value) if field.type == "b" else b"".join(packed))


def unpack_field(field, reader):
    if not field.many:
        return unpack_one(field.type, reader)
    count = unpack_number(reader)
    if field.type == "b":
        return unpack_flags(count, reader)
    items = []
    while len(items) < count:
        items.append(unpack_one(field.type, reader))
    return items
