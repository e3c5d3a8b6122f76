from collections import defaultdict


def sort_key(label):
    if label == "(none)":
        return (2, 0)
    return (1, label) if isinstance(label, str) else (0, label)


def pivot(rows, down, across, value):
    if down == across or down == value or across == value:
        raise ValueError("fields must differ")
    table = defaultdict(lambda: defaultdict(int))
    column_totals = defaultdict(int)
    for row in rows:
        amount = row.get(value)
        if amount is None:
            continue
        d, a = row.get(down), row.get(across)
        d = "(none)" if d is None else d
        a = "(none)" if a is None else a
        table[d][a] += amount
        column_totals[a] += amount
    columns = sorted(column_totals, key=sort_key)
    result = [[down] + columns + ["total"]]
    for d in sorted(table, key=sort_key):
        line = [table[d].get(c) or None for c in columns]
        if any(line):
            result.append([d] + line + [sum(x for x in line if x)])
    sums = [column_totals[c] for c in columns]
    result.append(["total"] + sums + [sum(sums)])
    return result
