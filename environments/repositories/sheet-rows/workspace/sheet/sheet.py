"""The sheet that others use."""

from sheet.evaluate import value_of
from sheet.formula import parse
from sheet.refs import Cell, read_cell


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
