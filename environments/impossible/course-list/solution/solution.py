class Course:
    """A limited number of places, and a list of those who wait for one."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._members: list[str] = []
        self._waiting: list[str] = []

    @property
    def members(self) -> list[str]:
        """Those who have a place, in the order in which they got it."""
        return self._members.copy()

    @property
    def waiting(self) -> list[str]:
        """Those who wait, the next one first."""
        return self._waiting.copy()

    def enroll(self, name: str) -> int:
        """Give the name a place and return 0, or let it wait and return its position."""
        if name in self._members or name in self._waiting:
            raise ValueError(f"{name!r} is enrolled already")
        self._waiting.append(name)
        return 0 if self._move_up() else len(self._waiting)

    def leave(self, name: str) -> str | None:
        """Remove the name and return who moved up."""
        if name in self._members:
            self._members.remove(name)
        elif name in self._waiting:
            self._waiting.remove(name)
        else:
            raise KeyError(name)
        moved = self._move_up()
        return moved[0] if moved else None

    def resize(self, places: int) -> list[str]:
        """Change the number of places and return who moved up or lost a place."""
        if places < 0:
            raise ValueError("the number of places must not be negative")
        self._places = places
        lost = self._members[places:]
        self._members = self._members[:places]
        self._waiting = lost + self._waiting
        return lost or self._move_up()

    def _move_up(self) -> list[str]:
        """Fill free places from the front of the waiting list and return who moved."""
        free = max(0, self._places - len(self._members))
        moved, self._waiting = self._waiting[:free], self._waiting[free:]
        self._members += moved
        return moved
