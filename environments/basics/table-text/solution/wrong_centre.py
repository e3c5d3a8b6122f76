def render(rows, align):
    n = len(rows[0])
    if len(align) != n:
        raise ValueError("align does not match the header")
    for letter in align:
        if letter not in "lrc":
            raise ValueError(f"unknown alignment {letter}")
    table = []
    for row in rows:
        if len(row) > n:
            raise ValueError("row too long")
        cells = [str(cell) if cell is not None else "" for cell in row]
        while len(cells) < n:
            cells.append("")
        table.append(cells)
    widths = [max(len(row[i]) for row in table) for i in range(n)]
    lines = []
    for row in table:
        parts = []
        for cell, width, letter in zip(row, widths, align):
            if letter == "l":
                parts.append(cell.ljust(width))
            elif letter == "r":
                parts.append(cell.rjust(width))
            else:
                parts.append(cell.center(width))
        lines.append(" | ".join(parts).rstrip())
    lines.insert(1, "-+-".join("-" * width for width in widths))
    return "\n".join(lines)
