"""Keeps the colours of a strip of cells."""

import bisect


class Strip:
    """Cells in a row, which can be painted.

    The paint is kept as spans (start, end, colour), ordered and without overlaps. Spans that touch
    have different colours.
    """

    def __init__(self, length: int) -> None:
        if length < 1:
            raise ValueError("a strip has a cell at least")
        self._length = length
        self._spans: list[tuple[int, int, str]] = []

    def paint(self, start: int, end: int, colour: str) -> None:
        """Paint some cells."""
        self._check(start, end)
        if not colour:
            raise ValueError("the colour is empty")
        if start == end:
            return
        self._cut_out(start, end)
        at = bisect.bisect_left(self._spans, (start,))
        if at < len(self._spans) and self._spans[at][0] == end and self._spans[at][2] == colour:
            end = self._spans.pop(at)[1]
        if at and self._spans[at - 1][1] == start and self._spans[at - 1][2] == colour:
            at -= 1
            start = self._spans.pop(at)[0]
        self._spans.insert(at, (start, end, colour))

    def clear(self, start: int, end: int) -> None:
        """Take the paint off some cells."""
        self._check(start, end)
        if start < end:
            self._cut_out(start, end)

    def colour_at(self, cell: int) -> str | None:
        """Return the colour of a cell."""
        if not 0 <= cell < self._length:
            raise IndexError(cell)
        at = bisect.bisect_left(self._spans, (cell + 1,)) - 1
        if at < 0 or self._spans[at][1] <= cell:
            return None
        return self._spans[at][2]

    def spans(self) -> list[tuple[int, int, str]]:
        """Return all runs of cells of the same colour."""
        return list(self._spans)

    def shift(self, distance: int) -> None:
        """Move all the paint."""
        moved = []
        for start, end, colour in self._spans:
            start = max(0, start + distance)
            end = min(self._length, end + distance)
            if start < end:
                moved.append((start, end, colour))
        self._spans = moved

    def count(self, colour: str) -> int:
        """Return how many cells have a colour."""
        return sum(end - start for start, end, each in self._spans if each == colour)

    def _check(self, start: int, end: int) -> None:
        if not 0 <= start <= end <= self._length:
            raise IndexError(f"no cells from {start} to {end}")

    def _cut_out(self, start: int, end: int) -> None:
        """Forget the paint between two places."""
        kept = []
        for span in self._spans:
            if span[1] <= start or span[0] >= end:
                kept.append(span)
                continue
            if span[0] < start:
                kept.append((span[0], start, span[2]))
            if span[1] > end:
                kept.append((end, span[1], span[2]))
        self._spans = kept
