"""Names of cells."""

import re
from typing import NamedTuple

NAME = re.compile(r"([A-Z])([1-9][0-9]{0,2})")


class Cell(NamedTuple):
    """The place of a cell; cells are ordered row by row."""

    row: int
    column: str

    @property
    def name(self) -> str:
        """How the cell is called."""
        return f"{self.column}{self.row}"


def read_cell(name: str) -> Cell:
    """Return the cell with a name, or raise ValueError."""
    match = NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"not a cell: {name!r}")
    return Cell(int(match[2]), match[1])
