from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Payment:
    """An amount that somebody has paid, and who shares it."""

    payer: str
    amount: int
    shares: dict[str, int]
    extra: frozenset[str]
    """Who was given an extra cent."""


class Kitty:
    """What the people in a shared house owe each other."""

    def __init__(self, names: list[str]) -> None:
        self._balances = dict.fromkeys(names, 0)
        self._payments: dict[int, Payment] = {}
        self._last = 0

    def pay(self, who: str, amount: int, weights: dict[str, int] | None = None) -> int:
        """Note a payment and return its number."""
        if weights is None:
            weights = dict.fromkeys(self._balances, 1)
        self._check_home(who, *weights)
        if min(amount, *weights.values(), 1) < 1 or not weights:
            raise ValueError("amounts and weights are at least 1, and somebody shares")
        self._last += 1
        self._payments[self._last] = payment = self._divide(who, amount, weights)
        self._book(payment, 1)
        return self._last

    def cancel(self, number: int) -> int:
        """Undo a payment and return its amount."""
        payment = self._payments[number]
        if not {payment.payer, *payment.shares} <= self._balances.keys():
            raise ValueError("somebody who has to do with the payment has gone")
        del self._payments[number]
        self._book(payment, -1)
        return payment.amount

    def hand(self, giver: str, taker: str, amount: int) -> int:
        """Note that money was given, and return the giver's balance."""
        self._check_home(giver, taker)
        if giver == taker or amount < 1:
            raise ValueError("at least 1 is given, to somebody else")
        self._balances[giver] += amount
        self._balances[taker] -= amount
        return self._balances[giver]

    def join(self, name: str) -> None:
        """Let somebody live in the house."""
        if name in self._balances:
            raise ValueError(f"{name} lives here already")
        self._balances[name] = 0

    def leave(self, name: str) -> None:
        """Let somebody go who owes nothing and is owed nothing."""
        if self.balance(name):
            raise ValueError(f"the balance of {name} is not 0")
        del self._balances[name]

    def balance(self, name: str) -> int:
        """Return the balance of somebody who lives in the house."""
        return self._balances[name]

    def share(self, number: int, name: str) -> int:
        """Return somebody's share in a payment."""
        return self._payments[number].shares.get(name, 0)

    def settle(self) -> list[tuple[str, str, int]]:
        """Return who could give what to whom so that all balances become 0."""
        left = dict(sorted(self._balances.items()))
        gifts = []
        while any(left.values()):
            giver, taker = min(left, key=left.__getitem__), max(left, key=left.__getitem__)
            amount = min(-left[giver], left[taker])
            left[giver] += amount
            left[taker] -= amount
            gifts.append((giver, taker, amount))
        return gifts

    def _divide(self, payer: str, amount: int, weights: dict[str, int]) -> Payment:
        """Share an amount by weights."""
        total = sum(weights.values())
        shares = {name: amount * weight // total for name, weight in weights.items()}
        lost = {name: amount * weight % total for name, weight in weights.items()}
        before = Counter(name for each in self._payments.values() for name in each.extra)
        order = sorted(weights, key=lambda name: (-lost[name], before[name], name))
        extra = order[: amount - sum(shares.values())]
        for name in extra:
            shares[name] += 1
        return Payment(payer, amount, shares, frozenset(extra))

    def _book(self, payment: Payment, sign: int) -> None:
        """Change the balances by a payment, or with -1 as sign back again."""
        self._balances[payment.payer] += sign * payment.amount
        for name, share in payment.shares.items():
            self._balances[name] -= sign * share

    def _check_home(self, *names: str) -> None:
        for name in names:
            if name not in self._balances:
                raise KeyError(f"{name} does not live here")
