from typing import Any

NONE = "(none)"

Label = int | str


def label(row: dict[str, Any], field: str) -> Label:
    found: Label | None = row.get(field)
    return NONE if found is None else found


def order(label: Label) -> tuple[int, int, str]:
    if isinstance(label, int):
        return (0, label, "")
    return (1 if label != NONE else 2, 0, label)


def pivot(rows: list[dict[str, Any]], down: str, across: str, value: str) -> list[list[Any]]:
    """Return the table with its heading and its sums."""
    if len({down, across, value}) < 3:
        raise ValueError("the three fields have to be different")
    cells: dict[tuple[Label, Label], int] = {}
    for row in rows:
        if row.get(value) is not None:
            place = (label(row, down), label(row, across))
            cells[place] = cells.get(place, 0) + row[value]
    columns = sorted({column for _, column in cells}, key=order)
    table: list[list[Any]] = [[down, *columns, "total"]]
    for line in sorted({line for line, _ in cells}, key=order):
        sums = [cells.get((line, column)) for column in columns]
        if any(sums):
            table.append([line, *sums, sum(each or 0 for each in sums)])
    totals = [
        sum(number or 0 for number in column) for column in zip(*[line[1:] for line in table[1:]])
    ]
    table.append(["total", *(totals or [0] * (len(columns) + 1))])
    return table
