def dump(data, start=0, width=16):
    if start < 0 or width not in range(1, 65):
        raise ValueError("bad argument")

    def printable(b):
        c = chr(b)
        return c if c.isprintable() and b < 0x80 else "."

    pad = start % width
    chunks = [data[:width - pad]] if data else []
    rest = data[width - pad:]
    chunks += [rest[i:i + width] for i in range(0, len(rest), width)]
    result = []
    address = start - pad
    shown = None
    starred = False
    for i, chunk in enumerate(chunks):
        full = len(chunk) == width
        if full and chunk == shown and i < len(chunks) - 1:
            if not starred:
                result.append("*")
                starred = True
        else:
            front = pad if i == 0 else 0
            back = width - front - len(chunk)
            hexes = "   " * front + "".join(f" {b:02x}" for b in chunk) + "   " * back
            chars = " " * front + "".join(printable(b) for b in chunk) + " " * back
            result.append(f"{address:06x}:{hexes}  |{chars}|")
        shown = chunk
        address += width
    return result
