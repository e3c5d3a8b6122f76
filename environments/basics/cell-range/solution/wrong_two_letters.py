import string


def name(column):
    letters = string.ascii_uppercase
    if column <= 26:
        return letters[column - 1]
    first = (column - 1) // 26 - 1
    second = (column - 1) % 26
    return letters[first % 26] + letters[second]


def cell_range(row, column, height, width):
    if row < 1 or column < 1 or height < 1 or width < 1:
        raise ValueError("values must be positive")
    start = name(column) + str(row)
    if height == 1 and width == 1:
        return start
    return start + ":" + name(column + width - 1) + str(row + height - 1)
