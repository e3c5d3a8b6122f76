"""Works formulas out."""

import operator
import re
from collections.abc import Iterator

from sheet.formula import parse
from sheet.refs import Cell

NUMBER = re.compile(r"-?[0-9]+")
OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul}
VALUE = "#VALUE"
CYCLE = "#CYCLE"


class Failed(Exception):
    """A formula has an error for a value."""


def cells_between(first: Cell, last: Cell) -> Iterator[Cell]:
    """Yield the cells of a range, row by row."""
    for row in range(first.row, last.row + 1):
        for column in range(ord(first.column), ord(last.column) + 1):
            yield Cell(row, chr(column))


class Evaluation:
    """Works out one value."""

    def __init__(self, texts: dict[Cell, str]) -> None:
        self.texts = texts
        self.open: set[Cell] = set()

    def value(self, cell: Cell) -> int | str | None:
        """Return the value of a cell; raise Failed if it is an error."""
        text = self.texts.get(cell, "")
        if not text:
            return None
        if NUMBER.fullmatch(text):
            return int(text)
        if not text.startswith("="):
            return text
        if cell in self.open:
            raise Failed(CYCLE)
        self.open.add(cell)
        found = self.work_out(parse(text))
        self.open.remove(cell)
        return found

    def work_out(self, tree: tuple) -> int:
        """Return the number that a formula gives."""
        match tree:
            case ("number", number):
                return number
            case ("cell", cell):
                value = self.value(cell)
                if isinstance(value, str):
                    raise Failed(VALUE)
                return value or 0
            case ("sum", first, last):
                values = [self.value(cell) for cell in cells_between(first, last)]
                return sum(value for value in values if isinstance(value, int))
        if tree == ("ref error",):
            raise Failed("#REF")
        sign, left, right = tree
        return OPERATIONS[sign](self.work_out(left), self.work_out(right))


def value_of(cell: Cell, texts: dict[Cell, str]) -> int | str | None:
    """Return the value of a cell, which may be an error."""
    try:
        return Evaluation(texts).value(cell)
    except Failed as failed:
        return str(failed)
