"""Counts pieces."""


class Stock:
    """How many pieces there are of each SKU."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._pieces: dict[str, int] = {}

    @property
    def room(self) -> int:
        """How many pieces more there is room for."""
        return self.capacity - sum(self._pieces.values())

    def count(self, sku: str) -> int:
        """Return how many there are, or raise KeyError if there never were any."""
        return self._pieces[sku]

    def add(self, sku: str, count: int) -> None:
        """Take pieces in, or raise ValueError if there is no room."""
        if count > self.room:
            raise ValueError(f"no room for {count} pieces")
        self._pieces[sku] = self._pieces.get(sku, 0) + count

    def remove(self, sku: str, count: int) -> None:
        """Take pieces out, or raise ValueError if there are not so many."""
        if count > self._pieces[sku]:
            raise ValueError(f"there are no {count} pieces of {sku!r}")
        self._pieces[sku] -= count
