"""The depot that others use."""

from depot.history import History
from depot.names import check_positive, check_sku
from depot.stock import Stock


class Depot:
    """A depot with room for so many pieces."""

    def __init__(self, capacity: int) -> None:
        check_positive(capacity, "the capacity")
        self._stock = Stock(capacity)
        self._history = History()

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

    def ship(self, sku: str, count: int) -> None:
        """Take goods out."""
        self._stock.count(sku)
        check_positive(count, "the count")
        self._stock.remove(sku, count)
        self._history.add(f"ship {count} {sku}")

    def count(self, sku: str) -> int:
        """Return how many pieces are in stock."""
        return self._stock.count(sku)

    def history(self) -> list[str]:
        """Return what happened."""
        return self._history.lines()
