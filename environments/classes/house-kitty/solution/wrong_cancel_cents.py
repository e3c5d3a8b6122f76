class Kitty:
    def __init__(self, names):
        self.members = {name: 0 for name in names}
        self.extras = {}
        self.log = []

    def _home(self, name):
        if name not in self.members:
            raise KeyError(name)

    def pay(self, who, amount, weights=None):
        if weights is None:
            weights = {name: 1 for name in self.members}
        self._home(who)
        for name in weights:
            self._home(name)
        if amount < 1 or not weights or any(w < 1 for w in weights.values()):
            raise ValueError("amount or weights")
        total = sum(weights.values())
        shares = {}
        rest = amount
        for name, weight in weights.items():
            shares[name] = amount * weight // total
            rest -= shares[name]
        names = list(weights)
        names.sort()
        names.sort(key=lambda n: self.extras.get(n, 0))
        names.sort(key=lambda n: amount * weights[n] % total, reverse=True)
        for name in names[:rest]:
            shares[name] += 1
            self.extras[name] = self.extras.get(name, 0) + 1
        self.members[who] += amount
        for name, share in shares.items():
            self.members[name] -= share
        self.log.append((who, amount, shares))
        return len(self.log)

    def _entry(self, number):
        if not 1 <= number <= len(self.log) or self.log[number - 1] is None:
            raise KeyError(number)
        return self.log[number - 1]

    def cancel(self, number):
        who, amount, shares = self._entry(number)
        if any(name not in self.members for name in [who, *shares]):
            raise ValueError("gone")
        self.members[who] -= amount
        for name, share in shares.items():
            self.members[name] += share
        self.log[number - 1] = None
        return amount

    def hand(self, giver, taker, amount):
        self._home(giver)
        self._home(taker)
        if giver == taker or amount < 1:
            raise ValueError("amount")
        self.members[giver] += amount
        self.members[taker] -= amount
        return self.members[giver]

    def join(self, name):
        if name in self.members:
            raise ValueError(name)
        self.members[name] = 0

    def leave(self, name):
        self._home(name)
        if self.members[name] != 0:
            raise ValueError("balance")
        del self.members[name]

    def balance(self, name):
        return self.members[name]

    def share(self, number, name):
        return self._entry(number)[2].get(name, 0)

    def settle(self):
        rest = dict(self.members)
        result = []
        while any(rest.values()):
            giver = min(rest, key=lambda n: (rest[n], n))
            taker = min(rest, key=lambda n: (-rest[n], n))
            amount = min(-rest[giver], rest[taker])
            rest[giver] += amount
            rest[taker] -= amount
            result.append((giver, taker, amount))
        return result
