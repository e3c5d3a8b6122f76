"""The sheet that others use."""

from sheet.evaluate import value_of
from sheet.formula import parse
from sheet.refs import LAST_ROW, Cell, read_cell
from sheet.rewrite import Change, Copy, Deletion, Insertion, rewritten


class Sheet:
    """Cells with texts, numbers and formulas."""

    def __init__(self) -> None:
        self._texts: dict[Cell, str] = {}

    def set(self, cell: str, text: str) -> None:
        """Write a text into a cell."""
        place = read_cell(cell)
        if text.startswith("="):
            parse(text)
        if text:
            self._texts[place] = text
        else:
            self._texts.pop(place, None)

    def text(self, cell: str) -> str:
        """Return what was written into a cell."""
        return self._texts.get(read_cell(cell), "")

    def value(self, cell: str) -> int | str | None:
        """Return the value of a cell."""
        return value_of(read_cell(cell), self._texts)

    def cells(self) -> list[str]:
        """Return the names of the cells that are not empty."""
        return [cell.name for cell in sorted(self._texts)]

    def insert_row(self, row: int) -> None:
        """Insert an empty row."""
        check_row(row)
        if any(cell.row == LAST_ROW for cell in self._texts):
            raise ValueError("the last row is not empty")
        self._change_rows(Insertion(row))

    def delete_row(self, row: int) -> None:
        """Delete a row."""
        check_row(row)
        self._change_rows(Deletion(row))

    def copy(self, source: str, target: str) -> None:
        """Write the text of a cell into another one, with its references changed."""
        origin, place = read_cell(source), read_cell(target)
        change = Copy(ord(place.column) - ord(origin.column), place.row - origin.row)
        self.set(target, rewritten(self.text(source), change))

    def _change_rows(self, change: Change) -> None:
        self._texts = {
            cell._replace(row=row): rewritten(text, change)
            for cell, text in self._texts.items()
            if (row := change.row(cell.row)) is not None
        }


def check_row(row: int) -> None:
    """Raise ValueError if there is no such row."""
    if not 1 <= row <= LAST_ROW:
        raise ValueError(f"not a row: {row}")
