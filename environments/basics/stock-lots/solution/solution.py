class Stock:
    """Goods in lots, sold first in, first out."""

    def __init__(self) -> None:
        self._bought: list[tuple[int, int]] = []
        self._sold = 0

    @property
    def quantity(self) -> int:
        """The number of units in stock."""
        return sum(quantity for quantity, _ in self._bought) - self._sold

    def buy(self, quantity: int, price: int) -> int:
        """Add a lot and return the value of the stock."""
        if quantity <= 0 or price < 0:
            raise ValueError("the quantity must be positive, the price not negative")
        self._bought.append((quantity, price))
        return self._value()

    def sell(self, quantity: int) -> int:
        """Sell the oldest units and return what they had cost."""
        if not 0 < quantity <= self.quantity:
            raise ValueError("the quantity must be positive and in stock")
        before = self._value()
        self._sold += quantity
        return before - self._value()

    def take_back(self, quantity: int) -> int:
        """Put the units sold last back in front and return the value of the stock."""
        if not 0 < quantity <= self._sold:
            raise ValueError("the quantity must be positive and sold")
        self._sold -= quantity
        return self._value()

    def lots(self) -> list[tuple[int, int]]:
        """Return the lots as (quantity, price), oldest first."""
        remaining = []
        sold = self._sold
        for quantity, price in self._bought:
            gone = min(quantity, sold)
            sold -= gone
            if gone < quantity:
                remaining.append((quantity - gone, price))
        return remaining

    def _value(self) -> int:
        return sum(quantity * price for quantity, price in self.lots())
