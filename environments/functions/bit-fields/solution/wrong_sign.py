def read_fields(data, widths):
    bits = "".join(format(byte, "08b") for byte in data)
    result = []
    for width in widths:
        n = abs(width)
        if n == 0 or n > len(bits):
            raise ValueError("bad width")
        piece, bits = bits[:n], bits[n:]
        if width < 0 and piece[0] == "1":
            # the sign bit, then the amount
            result.append(-int(piece[1:] or "0", 2))
        else:
            result.append(int(piece, 2))
    return result
