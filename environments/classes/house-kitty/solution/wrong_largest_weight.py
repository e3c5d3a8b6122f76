from dataclasses import dataclass, field


@dataclass
class Expense:
    payer: str
    amount: int
    parts: dict
    lucky: list = field(default_factory=list)


class Kitty:
    def __init__(self, names):
        self.people = dict.fromkeys(names, 0)
        self.expenses = {}
        self.count = 0

    def extra_cents(self, name):
        return sum(e.lucky.count(name) for e in self.expenses.values())

    def pay(self, who, amount, weights=None):
        people = weights if weights is not None else dict.fromkeys(self.people, 1)
        for name in (who, *people):
            if name not in self.people:
                raise KeyError(name)
        if amount < 1 or len(people) == 0 or min(people.values()) < 1:
            raise ValueError("pay")
        total = sum(people.values())
        expense = Expense(who, amount, {n: amount * w // total for n, w in people.items()})
        missing = amount - sum(expense.parts.values())
        # the biggest shares bear the left-over cents
        ranking = sorted(people, key=lambda n: (-people[n], self.extra_cents(n), n))
        for name in ranking[:missing]:
            expense.parts[name] += 1
            expense.lucky.append(name)
        self.count += 1
        self.expenses[self.count] = expense
        self.apply(expense, +1)
        return self.count

    def apply(self, expense, factor):
        self.people[expense.payer] += factor * expense.amount
        for name, part in expense.parts.items():
            self.people[name] -= factor * part

    def cancel(self, number):
        expense = self.expenses[number]
        for name in (expense.payer, *expense.parts):
            if name not in self.people:
                raise ValueError(f"{name} moved out")
        del self.expenses[number]
        self.apply(expense, -1)
        return expense.amount

    def hand(self, giver, taker, amount):
        if giver not in self.people or taker not in self.people:
            raise KeyError("hand")
        if amount <= 0 or giver == taker:
            raise ValueError("hand")
        self.people[giver] += amount
        self.people[taker] -= amount
        return self.people[giver]

    def join(self, name):
        if name in self.people:
            raise ValueError(name)
        self.people[name] = 0

    def leave(self, name):
        if self.people[name]:
            raise ValueError(name)
        self.people.pop(name)

    def balance(self, name):
        return self.people[name]

    def share(self, number, name):
        return self.expenses[number].parts.get(name, 0)

    def settle(self):
        balances = sorted(self.people.items())
        moves = []
        while True:
            low = min(balances, key=lambda item: item[1])
            high = max(balances, key=lambda item: item[1])
            amount = min(-low[1], high[1])
            if amount <= 0:
                return moves
            moves.append((low[0], high[0], amount))
            change = {low[0]: amount, high[0]: -amount}
            balances = [(n, b + change.get(n, 0)) for n, b in balances]
