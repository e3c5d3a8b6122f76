"""Changes the references in formulas."""

import re
from dataclasses import dataclass

from sheet.refs import LAST_ROW, LOST, REFERENCE, Reference, read_reference

ONE = re.sub(r"\((?!\?)", "(?:", REFERENCE.pattern)
PLACE = re.compile(f"{ONE}(:{ONE})?")
Corners = tuple[Reference, Reference] | None


@dataclass(frozen=True)
class Insertion:
    """A row is inserted."""

    at: int

    def row(self, row: int) -> int | None:
        """Return where a row is then, or None if it is nowhere."""
        moved = row + (row >= self.at)
        return moved if moved <= LAST_ROW else None

    def one(self, reference: Reference) -> Reference | None:
        """Return what becomes of a reference."""
        row = self.row(reference.cell.row)
        return None if row is None else reference.in_row(row)

    def range(self, first: Reference, last: Reference) -> Corners:
        """Return what becomes of a range."""
        begin = self.one(first)
        end = self.one(last) or last.in_row(LAST_ROW)
        return begin and (begin, end)


@dataclass(frozen=True)
class Deletion:
    """A row is deleted."""

    at: int

    def row(self, row: int) -> int | None:
        """Return where a row is then, or None if it is nowhere."""
        return None if row == self.at else row - (row > self.at)

    def one(self, reference: Reference) -> Reference | None:
        """Return what becomes of a reference."""
        row = self.row(reference.cell.row)
        return None if row is None else reference.in_row(row)

    def range(self, first: Reference, last: Reference) -> Corners:
        """Return what becomes of a range."""
        begin = first.in_row(first.cell.row - (first.cell.row > self.at))
        end = last.in_row(last.cell.row - (last.cell.row >= self.at))
        return (begin, end) if begin.cell.row <= end.cell.row else None


@dataclass(frozen=True)
class Copy:
    """A formula is copied to another place."""

    columns: int
    rows: int

    def one(self, reference: Reference) -> Reference | None:
        """Return what becomes of a reference."""
        return reference.copied(self.columns, self.rows)

    def range(self, first: Reference, last: Reference) -> Corners:
        """Return what becomes of a range."""
        begin, end = self.one(first), self.one(last)
        if begin is None or end is None:
            return None
        ordered = begin.cell.column <= end.cell.column and begin.cell.row <= end.cell.row
        return (begin, end) if ordered else None


Change = Insertion | Deletion
"""What happens to rows."""


def rewritten(text: str, change: Change | Copy) -> str:
    """Return a text with its references changed, if it is a formula."""

    def replace(match: re.Match[str]) -> str:
        first, colon, last = match[0].partition(":")
        if not colon:
            found = change.one(read_reference(first))
            return LOST if found is None else found.text
        corners = change.range(read_reference(first), read_reference(last))
        return LOST if corners is None else f"{corners[0].text}:{corners[1].text}"

    return PLACE.sub(replace, text) if text.startswith("=") else text
