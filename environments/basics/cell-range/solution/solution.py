def column_name(number: int) -> str:
    """Return the letters of the column with this number, counted from 1."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def cell_range(row: int, column: int, height: int, width: int) -> str:
    """Return the A1 name of the block that starts at the given row and column."""
    if min(row, column, height, width) < 1:
        raise ValueError("rows, columns and sizes start at 1")
    first = f"{column_name(column)}{row}"
    last = f"{column_name(column + width - 1)}{row + height - 1}"
    return first if first == last else f"{first}:{last}"
