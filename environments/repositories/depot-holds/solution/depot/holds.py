"""Sets goods aside."""

from collections.abc import Iterator
from dataclasses import dataclass

HELD = "held"
WAITING = "waiting"
SHIPPED = "shipped"
RELEASED = "released"
EXPIRED = "expired"


@dataclass
class Hold:
    """Goods that are set aside, or are to be."""

    number: int
    sku: str
    count: int
    last_day: int
    status: str

    @property
    def is_open(self) -> bool:
        """Whether it can still be ended."""
        return self.status in (HELD, WAITING)


class Holds:
    """All holds of a depot."""

    def __init__(self) -> None:
        self._holds: list[Hold] = []

    def __getitem__(self, number: int) -> Hold:
        """Return the hold with this number, or raise KeyError."""
        if not 1 <= number <= len(self._holds):
            raise KeyError(number)
        return self._holds[number - 1]

    def make(self, sku: str, count: int, last_day: int, status: str) -> Hold:
        """Make a hold with the next number."""
        hold = Hold(len(self._holds) + 1, sku, count, last_day, status)
        self._holds.append(hold)
        return hold

    def set_aside(self, sku: str) -> int:
        """Return how many pieces are set aside."""
        return sum(hold.count for hold in self._holds if hold.sku == sku and hold.status == HELD)

    def waiting(self, sku: str | None = None) -> list[Hold]:
        """Return the holds that wait, for one SKU or for any, the oldest first."""
        return [
            hold
            for hold in self._holds
            if hold.status == WAITING and (sku is None or hold.sku == sku)
        ]

    def expiring(self, day: int) -> Iterator[Hold]:
        """Yield the open holds that expire on this day."""
        return (hold for hold in self._holds if hold.is_open and hold.last_day == day)
