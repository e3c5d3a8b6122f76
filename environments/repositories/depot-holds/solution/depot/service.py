"""The depot that others use."""

from depot.history import History
from depot.holds import EXPIRED, HELD, RELEASED, SHIPPED, WAITING, Holds
from depot.names import check_positive, check_sku
from depot.stock import Stock


class Depot:
    """A depot with room for so many pieces."""

    def __init__(self, capacity: int) -> None:
        check_positive(capacity, "the capacity")
        self._stock = Stock(capacity)
        self._holds = Holds()
        self._history = History()
        self._day = 0

    @property
    def day(self) -> int:
        """The current day."""
        return self._day

    @property
    def room(self) -> int:
        """How many pieces more there is room for."""
        return self._stock.room

    def receive(self, sku: str, count: int) -> None:
        """Take goods in."""
        check_sku(sku)
        check_positive(count, "the count")
        self._stock.add(sku, count)
        self._history.add(f"receive {count} {sku}")
        self._grant()

    def ship(self, sku: str, count: int) -> None:
        """Take goods out that are not set aside."""
        free = self.free(sku)
        check_positive(count, "the count")
        if count > free:
            raise ValueError(f"no {count} pieces of {sku!r} are free")
        self._stock.remove(sku, count)
        self._history.add(f"ship {count} {sku}")

    def count(self, sku: str) -> int:
        """Return how many pieces are in stock."""
        return self._stock.count(sku)

    def free(self, sku: str) -> int:
        """Return how many pieces are in stock and not set aside."""
        return self._stock.count(sku) - self._holds.set_aside(sku)

    def hold(self, sku: str, count: int, days: int) -> int:
        """Set goods aside, as soon as there are enough, and return the number of the hold."""
        free = self.free(sku)
        check_positive(count, "the count")
        check_positive(days, "the days")
        if count > self._stock.capacity:
            raise ValueError(f"there never are {count} pieces")
        at_once = count <= free and not self._holds.waiting(sku)
        hold = self._holds.make(sku, count, self._day + days, HELD if at_once else WAITING)
        self._history.add(f"{'hold' if at_once else 'wait'} {hold.number}: {count} {sku}")
        return hold.number

    def status(self, number: int) -> str:
        """Return what has become of a hold."""
        return self._holds[number].status

    def release(self, number: int) -> None:
        """End a hold that is not needed any more."""
        hold = self._holds[number]
        if not hold.is_open:
            raise ValueError(f"hold {number} is {hold.status}")
        hold.status = RELEASED
        self._history.add(f"release {number}")
        self._grant()

    def ship_hold(self, number: int) -> None:
        """Take out what is set aside for a hold."""
        hold = self._holds[number]
        if hold.status != HELD:
            raise ValueError(f"hold {number} is {hold.status}")
        self._stock.remove(hold.sku, hold.count)
        hold.status = SHIPPED
        self._history.add(f"ship hold {number}")

    def advance(self, days: int) -> None:
        """Go on by some days."""
        check_positive(days, "the days")
        for _ in range(days):
            self._day += 1
            for hold in self._holds.expiring(self._day):
                hold.status = EXPIRED
                self._history.add(f"expire {hold.number}")
            self._grant()

    def history(self) -> list[str]:
        """Return what happened."""
        return self._history.lines()

    def _grant(self) -> None:
        """Let those holds have their goods that wait for no one but themselves."""
        blocked = set()
        for hold in self._holds.waiting():
            if hold.sku in blocked or hold.count > self.free(hold.sku):
                blocked.add(hold.sku)
            else:
                hold.status = HELD
                self._history.add(f"grant {hold.number}")
