def name(column):
    result = ""
    while column > 0:
        result = chr(ord("A") + column % 26 - 1) + result
        column //= 26
    return result


def cell_range(row, column, height, width):
    if row < 1 or column < 1 or height < 1 or width < 1:
        raise ValueError("values must be positive")
    start = name(column) + str(row)
    if height == 1 and width == 1:
        return start
    return start + ":" + name(column + width - 1) + str(row + height - 1)
