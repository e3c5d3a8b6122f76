"""Names of cells, and references to them."""

import re
from typing import NamedTuple

NAME = re.compile(r"([A-Z])([1-9][0-9]{0,2})")
REFERENCE = re.compile(r"(\$?)([A-Z])(\$?)([1-9][0-9]{0,2})")
LAST_ROW = 999
LOST = "#REF"


class Cell(NamedTuple):
    """The place of a cell; cells are ordered row by row."""

    row: int
    column: str

    @property
    def name(self) -> str:
        """How the cell is called."""
        return f"{self.column}{self.row}"


class Reference(NamedTuple):
    """A reference, with what is fixed in it."""

    cell: Cell
    fixed_column: bool
    fixed_row: bool

    @property
    def text(self) -> str:
        """How the reference is written."""
        column, row = "$" * self.fixed_column, "$" * self.fixed_row
        return f"{column}{self.cell.column}{row}{self.cell.row}"

    def in_row(self, row: int) -> "Reference":
        """Return it with another row."""
        return self._replace(cell=self.cell._replace(row=row))

    def copied(self, columns: int, rows: int) -> "Reference | None":
        """Return it as it is so much farther on, or None if it leaves the sheet."""
        column = ord(self.cell.column) + (0 if self.fixed_column else columns)
        row = self.cell.row + (0 if self.fixed_row else rows)
        if not (ord("A") <= column <= ord("Z") and 1 <= row <= LAST_ROW):
            return None
        return self._replace(cell=Cell(row, chr(column)))


def read_cell(name: str) -> Cell:
    """Return the cell with a name, or raise ValueError."""
    match = NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"not a cell: {name!r}")
    return Cell(int(match[2]), match[1])


def read_reference(text: str) -> Reference:
    """Return the reference that a text says, or raise ValueError."""
    match = REFERENCE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a reference: {text!r}")
    return Reference(Cell(int(match[4]), match[2]), bool(match[1]), bool(match[3]))
