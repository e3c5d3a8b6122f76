from typing import NamedTuple

STEPS = {"N": (0, 1), "E": (1, 0), "S": (0, -1), "W": (-1, 0)}


class Piece(NamedTuple):
    """A straight piece, without the point at which it starts."""

    low_x: int
    low_y: int
    high_x: int
    high_y: int

    def meets(self, other: "Piece") -> bool:
        """Say whether the pieces have a point in common."""
        across = self.low_x <= other.high_x and other.low_x <= self.high_x
        return across and self.low_y <= other.high_y and other.low_y <= self.high_y


def between(first: tuple[int, int], last: tuple[int, int]) -> Piece:
    """Return the piece with these ends."""
    (x1, y1), (x2, y2) = first, last
    return Piece(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


class Fence:
    """A fence that is put up piece by piece until it is closed."""

    def __init__(self, x: int, y: int) -> None:
        self.closed = False
        self._start = self._end = (x, y)
        self._length = 0
        self._directions: list[str] = []
        self._corners: list[tuple[int, int]] = []
        self._pieces = [Piece(x, y, x, y)]

    def walk(self, direction: str, length: int) -> int:
        """Put up a piece and return the length of the fence."""
        if self.closed:
            raise RuntimeError("the fence is closed")
        if direction not in STEPS or length < 1:
            raise ValueError("there is no such piece")
        (x, y), (dx, dy) = self._end, STEPS[direction]
        first = x + dx, y + dy
        end = x + dx * length, y + dy * length
        closing = end == self._start
        new = between(first, end)
        # What has to be free: for a closing piece all but its last point.
        free = between(first, (end[0] - dx, end[1] - dy)) if closing else new
        if (length > 1 or not closing) and any(free.meets(piece) for piece in self._pieces):
            raise ValueError("the piece meets the fence")
        if closing and len(self._pieces) == 2:
            raise ValueError("the piece goes back on the fence")
        if self._directions and direction != self._directions[-1]:
            self._corners.append(self._end)
        if closing and direction != self._directions[0]:
            self._corners.append(self._start)
        self._directions.append(direction)
        self._pieces.append(new)
        self._end = end
        self._length += length
        self.closed = closing
        return self._length

    def area(self) -> int:
        """Return the area inside the fence."""
        self._check_closed()
        pairs = zip(self._corners, self._corners[1:] + self._corners[:1], strict=True)
        return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) // 2

    def side(self, x: int, y: int) -> str:
        """Say where a point lies."""
        self._check_closed()
        if any(piece.meets(Piece(x, y, x, y)) for piece in self._pieces):
            return "fence"
        pairs = zip(self._corners, self._corners[1:] + self._corners[:1], strict=True)
        # Sides that lead north or south, counted without their upper ends, east of the point.
        crossed = sum(x1 > x and min(y1, y2) <= y < max(y1, y2) for (x1, y1), (_, y2) in pairs)
        return "inside" if crossed % 2 else "outside"

    def corners(self) -> list[tuple[int, int]]:
        """Return the points at which the direction changed."""
        return list(self._corners)

    def _check_closed(self) -> None:
        if not self.closed:
            raise RuntimeError("the fence is not closed")
