def dump(data, start=0, width=16):
    if start < 0 or not (0 < width <= 64):
        raise ValueError
    lines = []
    for i in range(0, len(data), width):
        row = data[i:i + width]
        hexa = " ".join(f"{b:02x}" for b in row).ljust(3 * width - 1)
        text = "".join(chr(b) if 31 < b < 127 else "." for b in row).ljust(width)
        line = f"{start + i:06x}: {hexa}  |{text}|"
        if i and row == data[i - width:i] and i + width < len(data):
            if lines[-1] != "*":
                lines.append("*")
        else:
            lines.append(line)
    return lines
