def render(rows, align):
    widths = [len(str(cell)) for cell in rows[0]]
    if len(align) != len(widths):
        raise ValueError("align")
    for row in rows:
        if len(row) > len(widths):
            raise ValueError("row too long")
        for i, cell in enumerate(row):
            widths[i] = max(widths[i], len(str(cell)))
    lines = []
    for row in rows:
        cells = []
        for cell, width, letter in zip(row, widths, align):
            if letter == "r":
                cells.append(str(cell).rjust(width))
            elif letter == "c":
                cells.append(str(cell).center(width))
            else:
                cells.append(str(cell).ljust(width))
        lines.append(" | ".join(cells).rstrip())
    lines.insert(1, "-+-".join("-" * width for width in widths))
    return "\n".join(lines)
