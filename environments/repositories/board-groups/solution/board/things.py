"""Shapes and groups, as a tree."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Union

from board.shapes import Bounds, Shape


@dataclass(eq=False)
class Leaf:
    """A shape with its name and the group in which it lies."""

    name: str
    place: "Group"
    shape: Shape

    @property
    def bounds(self) -> Bounds:
        """The smallest and the largest coordinates."""
        return self.shape.bounds

    def leaves(self) -> Iterator["Leaf"]:
        """Yield all shapes in it, which is itself."""
        yield self

    def top_at(self, x: int, y: int) -> list["Thing"]:
        """Return itself if it covers the point."""
        return [self] if self.shape.covers(x, y) else []


@dataclass(eq=False)
class Group:
    """Things that lie on top of each other, the lowest first. The board itself is one too."""

    name: str
    place: Union["Group", None] = None
    members: list["Thing"] = field(default_factory=list)

    @property
    def bounds(self) -> Bounds:
        """The smallest and the largest coordinates."""
        x0s, y0s, x1s, y1s = zip(*(member.bounds for member in self.members), strict=True)
        return min(x0s), min(y0s), max(x1s), max(y1s)

    def leaves(self) -> Iterator[Leaf]:
        """Yield all shapes in it."""
        for member in self.members:
            yield from member.leaves()

    def things(self) -> Iterator["Thing"]:
        """Yield all that is in it, at any depth."""
        for member in self.members:
            yield member
            if isinstance(member, Group):
                yield from member.things()

    def top_at(self, x: int, y: int) -> list["Thing"]:
        """Return the way to the shape on top at a point: itself first, the shape last."""
        for member in reversed(self.members):
            if way := member.top_at(x, y):
                return [self, *way]
        return []

    def take_in(self, members: list["Thing"], at: int) -> None:
        """Put things between the members."""
        self.members[at:at] = members
        for member in members:
            member.place = self


Thing = Leaf | Group


def change_shapes(thing: Thing, change: Callable[[Shape], Shape]) -> None:
    """Replace every shape in a thing by another."""
    for leaf in thing.leaves():
        leaf.shape = change(leaf.shape)
