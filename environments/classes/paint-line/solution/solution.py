Run = tuple[int, int, str]
"""The first cell, the one after the last, and the colour."""


class Line:
    """A line of cells, stretches of which are painted."""

    def __init__(self, length: int) -> None:
        if length < 0:
            raise ValueError("a length is not negative")
        self.length = length
        self._runs: list[Run] = []

    def paint(self, start: int, end: int, colour: str) -> int:
        """Paint a stretch and return how many cells have got another colour."""
        before, middle, after = self._split(start, end)
        same = sum(right - left for left, right, other in middle if other == colour)
        self._join([*before, (start, end, colour), *after])
        return end - start - same

    def wipe(self, start: int, end: int) -> int:
        """Remove the paint of a stretch and return how many cells were painted."""
        before, middle, after = self._split(start, end)
        self._join(before + after)
        return sum(right - left for left, right, _ in middle)

    def cut(self, start: int, end: int) -> int:
        """Take a stretch out and return the new length."""
        before, _, after = self._split(start, end)
        self._join(before + _moved(after, start - end))
        self.length -= end - start
        return self.length

    def insert(self, at: int, count: int) -> int:
        """Put cells without paint into the line and return the new length."""
        before, _, after = self._split(at, at)
        if count < 0:
            raise ValueError("a count is not negative")
        self._join(before + _moved(after, count))
        self.length += count
        return self.length

    def colour(self, at: int) -> str | None:
        """Return the colour of a cell."""
        if not 0 <= at < self.length:
            raise IndexError(at)
        _, middle, _ = self._split(at, at + 1)
        return middle[0][2] if middle else None

    def runs(self) -> list[Run]:
        """Return the stretches of one colour."""
        return list(self._runs)

    def _split(self, start: int, end: int) -> tuple[list[Run], list[Run], list[Run]]:
        """Return what is painted before, in and after a stretch."""
        if not 0 <= start <= end <= self.length:
            raise IndexError("the stretch does not lie on the line")
        borders = ((0, start), (start, end), (end, self.length))
        before, middle, after = (
            [
                (max(left, low), min(right, high), colour)
                for left, right, colour in self._runs
                if max(left, low) < min(right, high)
            ]
            for low, high in borders
        )
        return before, middle, after

    def _join(self, runs: list[Run]) -> None:
        """Keep runs, as few as possible."""
        self._runs = []
        for start, end, colour in runs:
            if start == end:
                continue
            if self._runs and self._runs[-1][1:] == (start, colour):
                start = self._runs.pop()[0]
            self._runs.append((start, end, colour))


def _moved(runs: list[Run], by: int) -> list[Run]:
    return [(start + by, end + by, colour) for start, end, colour in runs]
