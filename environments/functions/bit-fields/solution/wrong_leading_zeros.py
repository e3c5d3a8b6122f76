def read_fields(data, widths):
    bits = bin(int.from_bytes(data, "big"))[2:] if data else ""
    if len(data) * 8 < sum(abs(w) for w in widths) or 0 in widths:
        raise ValueError("not enough data")
    if len(bits) % 8:
        bits = "0" * (8 - len(bits) % 8) + bits
    bits += "0" * (len(data) * 8)
    values, at = [], 0
    for w in widths:
        value = int(bits[at : at + abs(w)], 2)
        at += abs(w)
        if w < 0 and value >= 2 ** (-w - 1):
            value -= 2 ** -w
        values.append(value)
    return values
