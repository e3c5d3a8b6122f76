WIDEST = 64


def dump(data: bytes, start: int = 0, width: int = 16) -> list[str]:
    """Return the lines that show the data."""
    if start < 0 or not 1 <= width <= WIDEST:
        raise ValueError("the start or the width is out of range")
    if not data:
        return []
    before = start % width
    places: list[int | None] = [*[None] * before, *data]
    places += [None] * (-len(places) % width)
    rows = [places[at : at + width] for at in range(0, len(places), width)]
    lines: list[str] = []
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        repeats = number > 0 and row == rows[number - 1]
        if not repeats or last:
            lines.append(shown(start - before + number * width, row))
        elif lines[-1] != "*":
            lines.append("*")
    return lines


def shown(address: int, row: list[int | None]) -> str:
    """Return one line."""
    digits = "".join("   " if byte is None else f" {byte:02x}" for byte in row)
    text = "".join(" " if byte is None else character(byte) for byte in row)
    return f"{address:06x}:{digits}  |{text}|"


def character(byte: int) -> str:
    return chr(byte) if 0x20 <= byte <= 0x7E else "."
