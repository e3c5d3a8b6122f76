"""Keeps shapes in order."""

from collections.abc import Iterator

from board.shapes import Shape


class Stack:
    """Shapes by their names, the lowest first."""

    def __init__(self) -> None:
        self._shapes: dict[str, Shape] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._shapes

    def __getitem__(self, name: str) -> Shape:
        return self._shapes[name]

    def __setitem__(self, name: str, shape: Shape) -> None:
        self._shapes[name] = shape

    def __delitem__(self, name: str) -> None:
        del self._shapes[name]

    def names(self) -> list[str]:
        """Return all names, that of the lowest shape first."""
        return list(self._shapes)

    def from_top(self) -> Iterator[tuple[str, Shape]]:
        """Yield names and shapes, the highest first."""
        return reversed(self._shapes.items())
