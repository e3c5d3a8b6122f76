"""The board that others use."""

from board.checks import make_shape
from board.shapes import Bounds
from board.things import Group, Leaf, Thing, change_shapes


class Board:
    """Shapes and groups that lie on top of each other."""

    def __init__(self) -> None:
        self._root = Group("")

    def add(self, name: str, kind: str, numbers: list[int]) -> None:
        """Put a shape on top."""
        self._check_new(name)
        self._root.members.append(Leaf(name, self._root, make_shape(kind, numbers)))

    def group(self, name: str, members: list[str]) -> None:
        """Make a group of things that lie in the same place."""
        self._check_new(name)
        if not members:
            raise ValueError("a group has a member at least")
        things = [self._find(member) for member in members]
        place = things[0].place
        if len(set(members)) != len(members) or any(each.place is not place for each in things):
            raise ValueError(f"these cannot be a group: {members}")
        # In the order of the place, and without what is above the highest of them.
        things.sort(key=place.members.index)
        above = len(place.members) - place.members.index(things[-1]) - 1
        place.members = [each for each in place.members if each not in things]
        group = Group(name)
        group.take_in(things, 0)
        place.take_in([group], len(place.members) - above)

    def ungroup(self, name: str) -> None:
        """Put what is in a group where the group lies."""
        group = self._find_group(name)
        place = group.place
        at = place.members.index(group)
        del place.members[at]
        place.take_in(group.members, at)

    def remove(self, name: str) -> None:
        """Take a thing away, and the groups that are empty without it."""
        thing = self._find(name)
        thing.place.members.remove(thing)
        while thing.place is not self._root and not thing.place.members:
            thing = thing.place
            thing.place.members.remove(thing)

    def move(self, name: str, dx: int, dy: int) -> None:
        """Move a thing."""
        change_shapes(self._find(name), lambda shape: shape.moved(dx, dy))

    def mirror(self, name: str) -> None:
        """Swap left and right of a thing."""
        thing = self._find(name)
        within = thing.bounds
        change_shapes(thing, lambda shape: shape.mirrored(within))

    def turn(self, name: str) -> None:
        """Give a thing a quarter turn."""
        thing = self._find(name)
        within = thing.bounds
        change_shapes(thing, lambda shape: shape.turned(within))

    def to_front(self, name: str) -> None:
        """Make a thing the highest of its place."""
        thing = self._find(name)
        thing.place.members.remove(thing)
        thing.place.members.append(thing)

    def to_back(self, name: str) -> None:
        """Make a thing the lowest of its place."""
        thing = self._find(name)
        thing.place.members.remove(thing)
        thing.place.members.insert(0, thing)

    def bounds(self, name: str) -> Bounds:
        """Return the smallest and the largest coordinates of a thing."""
        return self._find(name).bounds

    def names(self, name: str | None = None) -> list[str]:
        """Return the names of what lies on the board or in a group, the lowest first."""
        group = self._root if name is None else self._find_group(name)
        return [member.name for member in group.members]

    def top_at(self, x: int, y: int, deep: bool = False) -> str | None:
        """Return the name of the thing, or of the shape, that is on top at a point."""
        way = self._root.top_at(x, y)
        if not way:
            return None
        return way[-1 if deep else 1].name

    def _find(self, name: str) -> Thing:
        for thing in self._root.things():
            if thing.name == name:
                return thing
        raise KeyError(name)

    def _find_group(self, name: str) -> Group:
        thing = self._find(name)
        if isinstance(thing, Leaf):
            raise ValueError(f"not a group: {name!r}")
        return thing

    def _check_new(self, name: str) -> None:
        if not name or any(thing.name == name for thing in self._root.things()):
            raise ValueError(f"not a new name: {name!r}")
