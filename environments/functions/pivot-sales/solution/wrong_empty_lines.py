def pivot(rows, down, across, value):
    if down == across:
        raise ValueError("same field")
    ds = sorted({str(r.get(down) or "(none)") for r in rows})
    cs = sorted({str(r.get(across) or "(none)") for r in rows})
    result = [[down] + cs + ["total"]]
    for d in ds:
        line = []
        for c in cs:
            line.append(sum(r.get(value) or 0 for r in rows
                            if str(r.get(down) or "(none)") == d and str(r.get(across) or "(none)") == c))
        result.append([d] + line + [sum(line)])
    columns = list(zip(*[r[1:] for r in result[1:]]))
    result.append(["total"] + [sum(c) for c in columns])
    return result
