def pivot(rows, down, across, value):
    if len(set([down, across, value])) != 3:
        raise ValueError

    def get(row, field):
        v = row.get(field)
        return "(none)" if v is None else v

    kept = [r for r in rows if r.get(value) is not None]
    lines, columns = [], []
    for r in kept:
        if get(r, down) not in lines:
            lines.append(get(r, down))
        if get(r, across) not in columns:
            columns.append(get(r, across))
    for labels in (lines, columns):
        labels.sort(key=lambda x: (x == "(none)", isinstance(x, str), str(x)))
    out = [[down, *columns, "total"]]
    total = [0] * len(columns)
    for l in lines:
        cells = []
        for i, c in enumerate(columns):
            values = [r[value] for r in kept if get(r, down) == l and get(r, across) == c]
            cells.append(sum(values) if values else None)
            total[i] += sum(values)
        if [x for x in cells if x]:
            out.append([l, *cells, sum(x for x in cells if x is not None)])
    out.append(["total", *total, sum(total)])
    return out
