def render(rows, align):
    columns = len(rows[0])
    if len(align) != columns or any(a not in "lrc" for a in align):
        raise ValueError("bad align")
    if any(len(row) > columns for row in rows):
        raise ValueError("row longer than header")
    rows = [[str(cell or "") for cell in row] + [""] * (columns - len(row)) for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(columns)]

    def line(row):
        cells = []
        for i in range(columns):
            gap = widths[i] - len(row[i])
            if align[i] == "l":
                cells.append(row[i] + " " * gap)
            elif align[i] == "r":
                cells.append(" " * gap + row[i])
            else:
                cells.append(" " * (gap // 2) + row[i] + " " * (gap - gap // 2))
        return " | ".join(cells).rstrip(" ")

    rule = "-+-".join("-" * width for width in widths)
    return "\n".join([line(rows[0]), rule] + [line(row) for row in rows[1:]])
