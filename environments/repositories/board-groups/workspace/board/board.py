"""The board that others use."""

from board.checks import make_shape
from board.shapes import Bounds
from board.stack import Stack


class Board:
    """Shapes that lie on top of each other."""

    def __init__(self) -> None:
        self._stack = Stack()

    def add(self, name: str, kind: str, numbers: list[int]) -> None:
        """Put a shape on top."""
        if not name or name in self._stack:
            raise ValueError(f"no name for a shape: {name!r}")
        self._stack[name] = make_shape(kind, numbers)

    def remove(self, name: str) -> None:
        """Take a shape away."""
        del self._stack[name]

    def move(self, name: str, dx: int, dy: int) -> None:
        """Move a shape."""
        self._stack[name] = self._stack[name].moved(dx, dy)

    def bounds(self, name: str) -> Bounds:
        """Return the smallest and the largest coordinates of a shape."""
        return self._stack[name].bounds

    def names(self) -> list[str]:
        """Return all names, that of the lowest shape first."""
        return self._stack.names()

    def top_at(self, x: int, y: int) -> str | None:
        """Return the name of the highest shape that covers a point."""
        for name, shape in self._stack.from_top():
            if shape.covers(x, y):
                return name
        return None
