def read_fields(data: bytes, widths: list[int]) -> list[int]:
    """Return the values of the bit fields at the beginning of the data."""
    if 0 in widths:
        raise ValueError("a field has at least one bit")
    left = 8 * len(data)
    whole = int.from_bytes(data, "big")
    values = []
    for width in widths:
        size = abs(width)
        left -= size
        if left < 0:
            raise ValueError("there are too few bits")
        value = whole >> left & (1 << size) - 1
        if width < 0 and value >> size - 1:
            value -= 1 << size
        values.append(value)
    return values
