from collections import deque


class Stock:
    def __init__(self):
        self._lots = deque()
        self._sales = []

    @property
    def quantity(self):
        return sum(quantity for quantity, price in self._lots)

    def value(self):
        return sum(quantity * price for quantity, price in self._lots)

    def buy(self, quantity, price):
        if quantity <= 0 or price < 0:
            raise ValueError("quantity must be positive")
        self._lots.append((quantity, price))
        return self.value()

    def sell(self, quantity):
        if quantity <= 0 or quantity > self.quantity:
            raise ValueError("cannot sell that many")
        cost = 0
        while quantity:
            available, price = self._lots.popleft()
            taken = min(available, quantity)
            if taken < available:
                self._lots.appendleft((available - taken, price))
            self._sales.append((taken, price))
            cost += taken * price
            quantity -= taken
        return cost

    def take_back(self, quantity):
        if quantity <= 0 or quantity > sum(taken for taken, price in self._sales):
            raise ValueError("cannot take back that many")
        while quantity:
            taken, price = self._sales.pop()
            units = min(taken, quantity)
            if units < taken:
                self._sales.append((taken - units, price))
            if self._lots and self._lots[0][1] == price:
                self._lots[0] = (self._lots[0][0] + units, price)
            else:
                self._lots.appendleft((units, price))
            quantity -= units
        return self.value()

    def lots(self):
        return list(self._lots)
