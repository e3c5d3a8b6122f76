LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def to_letters(n):
    if n <= 26:
        return LETTERS[n - 1]
    return to_letters((n - 1) // 26) + LETTERS[(n - 1) % 26]


def cell_range(row, column, height, width):
    for value in (row, column, height, width):
        if value < 1:
            raise ValueError(value)
    left = to_letters(column)
    right = to_letters(column + width - 1)
    if left == right:
        return left + str(row)
    return "%s%d:%s%d" % (left, row, right, row + height - 1)
