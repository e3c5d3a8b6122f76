"""Plays a puzzle with gems."""

Cell = tuple[int, int]
Grid = list[list[str]]

EMPTY = "."
STONE = "#"
SHORTEST = 3


def is_gem(character: str) -> bool:
    """Tell whether a cell holds a gem."""
    return character not in (EMPTY, STONE)


def swap(grid: Grid, first: Cell, second: Cell) -> None:
    """Swap two gems, or raise IndexError or ValueError."""
    for row, column in (first, second):
        if not (0 <= row < len(grid) and 0 <= column < len(grid[0])):
            raise IndexError(f"not on the board: {row}, {column}")
    if abs(first[0] - second[0]) + abs(first[1] - second[1]) != 1:
        raise ValueError("these are not neighbours")
    (top, left), (bottom, right) = first, second
    if not (is_gem(grid[top][left]) and is_gem(grid[bottom][right])):
        raise ValueError("only gems can be swapped")
    grid[top][left], grid[bottom][right] = grid[bottom][right], grid[top][left]


def in_lines(cells: list[Cell], grid: Grid) -> set[Cell]:
    """Return those of neighbouring cells, a whole row or column, that belong to lines."""
    found: set[Cell] = set()
    run: list[Cell] = []
    for row, column in cells:
        colour = grid[row][column]
        if run and grid[run[0][0]][run[0][1]] != colour:
            run = []
        if is_gem(colour):
            run.append((row, column))
        if len(run) >= SHORTEST:
            found.update(run)
    return found


def all_lines(grid: Grid) -> set[Cell]:
    """Return all cells that belong to lines."""
    height, width = len(grid), len(grid[0])
    found: set[Cell] = set()
    for row in range(height):
        found |= in_lines([(row, column) for column in range(width)], grid)
    for column in range(width):
        found |= in_lines([(row, column) for row in range(height)], grid)
    return found


def fall(grid: Grid) -> None:
    """Let all gems fall as far as they can."""
    for column in range(len(grid[0])):
        floor = len(grid) - 1
        for row in range(len(grid) - 1, -1, -1):
            cell = grid[row][column]
            if is_gem(cell):
                grid[row][column] = EMPTY
                grid[floor][column] = cell
                floor -= 1


def play(board: list[str], move: tuple[Cell, Cell]) -> tuple[list[str], int]:
    """Return the board after a move, and the points."""
    grid = [list(row) for row in board]
    swap(grid, *move)
    points = 0
    number = 1
    cleared = all_lines(grid)
    if not cleared:
        return list(board), 0
    while cleared:
        points += number * len(cleared)
        number += 1
        for row, column in cleared:
            grid[row][column] = EMPTY
        fall(grid)
        cleared = all_lines(grid)
    return ["".join(row) for row in grid], points
