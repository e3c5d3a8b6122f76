Cell = str | int | None


def pad(text: str, width: int, letter: str) -> str:
    """Return the text padded to the width, on the side that the alignment letter asks for."""
    space = width - len(text)
    left = {"l": 0, "c": space // 2, "r": space}[letter]
    return " " * left + text + " " * (space - left)


def render(rows: list[list[Cell]], align: str) -> str:
    """Return the rows as a text table; the first row is the header."""
    columns = len(rows[0])
    if len(align) != columns or not set(align) <= set("lrc"):
        raise ValueError("align needs one of the letters l, r and c for each column")
    if max(map(len, rows)) > columns:
        raise ValueError("a row is longer than the header")
    table = []
    for row in rows:
        texts = ["" if cell is None else str(cell) for cell in row]
        table.append(texts + [""] * (columns - len(row)))
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = []
    for texts in table:
        cells = map(pad, texts, widths, align)
        lines.append(" | ".join(cells).rstrip(" "))
    lines.insert(1, "-+-".join("-" * width for width in widths))
    return "\n".join(lines)
