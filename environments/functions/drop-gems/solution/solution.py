from collections.abc import Iterator
from string import ascii_uppercase

Cell = tuple[int, int]
"""Column and row."""

JOKER, STONE = "*", "#"


def around(cell: Cell) -> Iterator[Cell]:
    """Give the four cells beside, below and on top of a cell."""
    column, row = cell
    yield from ((column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1))


def groups(board: dict[Cell, str], letter: str) -> Iterator[set[Cell]]:
    """Give the groups of a letter."""
    left = {cell for cell, gem in board.items() if gem in (letter, JOKER)}
    while left:
        group = set()
        growing = [left.pop()]
        while growing:
            cell = growing.pop()
            group.add(cell)
            near = left.intersection(around(cell))
            left -= near
            growing.extend(near)
        if any(board[cell] == letter for cell in group):
            yield group


def clear(columns: list[str]) -> tuple[list[str], int]:
    """Do one round, and return the columns and how many gems have vanished."""
    board = {
        (column, row): gem for column, gems in enumerate(columns) for row, gem in enumerate(gems)
    }
    gone: set[Cell] = set()
    for letter in sorted(set(board.values()) - {JOKER, STONE}):
        for group in groups(board, letter):
            if len(group) >= 3:
                gone |= group
    stones = {near for cell in gone for near in around(cell) if board.get(near) == STONE}
    kept = [
        "".join(gem for row, gem in enumerate(gems) if (column, row) not in gone | stones)
        for column, gems in enumerate(columns)
    ]
    return kept, len(gone)


def play(
    columns: list[str], moves: list[tuple[int, str]], height: int
) -> tuple[list[str], int, int]:
    """Return the columns, the points and the number of moves when the game is over."""
    columns = list(columns)
    points = 0
    for made, (column, gem) in enumerate(moves, start=1):
        if not 0 <= column < len(columns):
            raise IndexError(column)
        if len(gem) != 1 or gem not in ascii_uppercase + JOKER + STONE:
            raise ValueError(f"{gem!r} is no gem")
        columns[column] += gem
        worth = 1
        columns, vanished = clear(columns)
        while vanished:
            points += worth * vanished
            worth += 1
            columns, vanished = clear(columns)
        if any(len(gems) > height for gems in columns):
            return columns, points, made
    return columns, points, len(moves)
