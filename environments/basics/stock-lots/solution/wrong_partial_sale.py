class Stock:
    def __init__(self):
        self.left = []
        self.history = []

    @property
    def quantity(self):
        return sum(lot[0] for lot in self.left)

    def _value(self):
        return sum(lot[0] * lot[1] for lot in self.left)

    def buy(self, quantity, price):
        if quantity <= 0 or price < 0:
            raise ValueError("bad purchase")
        self.left.append([quantity, price])
        return self._value()

    def sell(self, quantity):
        if quantity <= 0:
            raise ValueError("bad quantity")
        cost = 0
        while quantity > 0:
            if not self.left:
                raise ValueError("not enough in stock")
            lot = self.left[0]
            taken = min(lot[0], quantity)
            lot[0] -= taken
            quantity -= taken
            cost += taken * lot[1]
            self.history.append([taken, lot])
            if lot[0] == 0:
                self.left.pop(0)
        return cost

    def take_back(self, quantity):
        if quantity <= 0 or quantity > sum(taken for taken, lot in self.history):
            raise ValueError("bad quantity")
        while quantity > 0:
            taken, lot = self.history[-1]
            units = min(taken, quantity)
            if lot[0] == 0:
                self.left.insert(0, lot)
            lot[0] += units
            quantity -= units
            self.history[-1][0] -= units
            if self.history[-1][0] == 0:
                self.history.pop()
        return self._value()

    def lots(self):
        return [(lot[0], lot[1]) for lot in self.left]
