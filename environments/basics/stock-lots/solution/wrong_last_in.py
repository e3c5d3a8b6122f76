class Stock:
    def __init__(self):
        self._lots = []
        self._sold = []

    @property
    def quantity(self):
        return sum(quantity for quantity, price in self._lots)

    def buy(self, quantity, price):
        if quantity <= 0 or price < 0:
            raise ValueError
        self._lots.append((quantity, price))
        return sum(quantity * price for quantity, price in self._lots)

    def sell(self, quantity):
        if quantity <= 0 or quantity > self.quantity:
            raise ValueError
        cost = 0
        while quantity:
            available, price = self._lots.pop()
            taken = min(available, quantity)
            if taken < available:
                self._lots.append((available - taken, price))
            self._sold.append((taken, price))
            cost += taken * price
            quantity -= taken
        return cost

    def take_back(self, quantity):
        if quantity <= 0 or quantity > sum(taken for taken, price in self._sold):
            raise ValueError
        while quantity:
            taken, price = self._sold.pop()
            units = min(taken, quantity)
            if units < taken:
                self._sold.append((taken - units, price))
            self._lots.append((units, price))
            quantity -= units
        return sum(quantity * price for quantity, price in self._lots)

    def lots(self):
        return list(self._lots)
