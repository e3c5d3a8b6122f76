"""Sums up what was posted."""

from ledger.accounts import with_parents
from ledger.journal import Transaction


def balances(transactions: list[Transaction]) -> dict[str, dict[str, int]]:
    """Return the balance in each currency of every account that is named, and of those above it."""
    totals: dict[str, dict[str, int]] = {}
    for transaction in transactions:
        for posting in transaction.postings:
            for account in with_parents(posting.account):
                purse = totals.setdefault(account, {})
                for amount, _ in posting.values or []:
                    purse[amount.currency] = purse.get(amount.currency, 0) + amount.cents
    return totals
