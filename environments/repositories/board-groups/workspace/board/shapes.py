"""What shapes cover."""

from dataclasses import dataclass, replace

Bounds = tuple[int, int, int, int]


@dataclass(frozen=True)
class Box:
    """A rectangle of points."""

    x: int
    y: int
    width: int
    height: int

    @property
    def bounds(self) -> Bounds:
        """The smallest and the largest coordinates."""
        return self.x, self.y, self.x + self.width - 1, self.y + self.height - 1

    def covers(self, x: int, y: int) -> bool:
        """Tell whether a point belongs to it."""
        x0, y0, x1, y1 = self.bounds
        return x0 <= x <= x1 and y0 <= y <= y1

    def moved(self, dx: int, dy: int) -> "Box":
        """Return it at another place."""
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True)
class Disc:
    """The points that are near to one."""

    x: int
    y: int
    radius: int

    @property
    def bounds(self) -> Bounds:
        """The smallest and the largest coordinates."""
        radius = self.radius
        return self.x - radius, self.y - radius, self.x + radius, self.y + radius

    def covers(self, x: int, y: int) -> bool:
        """Tell whether a point belongs to it."""
        return (x - self.x) ** 2 + (y - self.y) ** 2 <= self.radius**2

    def moved(self, dx: int, dy: int) -> "Disc":
        """Return it at another place."""
        return replace(self, x=self.x + dx, y=self.y + dy)


Shape = Box | Disc
