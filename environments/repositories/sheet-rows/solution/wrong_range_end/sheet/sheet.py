"""The sheet that others use."""

import re

from sheet.evaluate import value_of
from sheet.formula import parse
from sheet.refs import Cell, read_cell

COLUMNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PART = re.compile(r"(\$?[A-Z]\$?[0-9]+)(:\$?[A-Z]\$?[0-9]+)?")


def split_reference(text):
    """Return [dollar, column, dollar, row]."""
    first, column, second, row = re.fullmatch(r"(\$?)([A-Z])(\$?)([0-9]+)", text).groups()
    return [first, column, second, int(row)]


def write(reference):
    return "".join(str(part) for part in reference)


class Sheet:
    def __init__(self):
        self.texts = {}

    def set(self, cell, text):
        place = read_cell(cell)
        if text.startswith("="):
            parse(text)
        if text == "":
            self.texts.pop(place, None)
        else:
            self.texts[place] = text

    def text(self, cell):
        return self.texts.get(read_cell(cell), "")

    def value(self, cell):
        return value_of(read_cell(cell), self.texts)

    def cells(self):
        return [cell.name for cell in sorted(self.texts)]

    def change(self, text, single, corners):
        """Change the references of a formula by two functions."""
        if not text.startswith("="):
            return text

        def replace(found):
            first = split_reference(found.group(1))
            if found.group(2) is None:
                changed = single(first)
                return "#REF" if changed is None else write(changed)
            changed = corners(first, split_reference(found.group(2)[1:]))
            if changed is None:
                return "#REF"
            return write(changed[0]) + ":" + write(changed[1])

        return PART.sub(replace, text)

    def insert_row(self, row):
        if row < 1 or row > 999:
            raise ValueError("no such row")
        if any(cell.row == 999 for cell in self.texts):
            raise ValueError("the last row is used")

        def down(reference):
            if reference[3] >= row:
                reference[3] += 1
            return None if reference[3] > 999 else reference

        def corners(first, last):
            first = down(first)
            if first is None:
                return None
            down(last)
            return None if last[3] > 999 else (first, last)

        changed = {}
        for cell, text in self.texts.items():
            place = Cell(cell.row + 1, cell.column) if cell.row >= row else cell
            changed[place] = self.change(text, down, corners)
        self.texts = changed

    def delete_row(self, row):
        if row < 1 or row > 999:
            raise ValueError("no such row")

        def up(reference):
            if reference[3] == row:
                return None
            if reference[3] > row:
                reference[3] -= 1
            return reference

        def corners(first, last):
            if first[3] == last[3] == row:
                return None
            if first[3] > row:
                first[3] -= 1
            if last[3] >= row:
                last[3] -= 1
            return first, last

        changed = {}
        for cell, text in self.texts.items():
            if cell.row == row:
                continue
            place = Cell(cell.row - 1, cell.column) if cell.row > row else cell
            changed[place] = self.change(text, up, corners)
        self.texts = changed

    def copy(self, source, target):
        text = self.text(source)
        one, other = read_cell(source), read_cell(target)
        right = COLUMNS.index(other.column) - COLUMNS.index(one.column)
        down = other.row - one.row

        def shift(reference):
            column = COLUMNS.index(reference[1])
            if not reference[0]:
                column += right
            if not reference[2]:
                reference[3] += down
            if not 0 <= column < 26 or not 1 <= reference[3] <= 999:
                return None
            reference[1] = COLUMNS[column]
            return reference

        def corners(first, last):
            first, last = shift(first), shift(last)
            if first is None or last is None or first[1] > last[1] or first[3] > last[3]:
                return None
            return first, last

        self.set(target, self.change(text, shift, corners))
