"""Sums up what was posted."""

from ledger.accounts import with_parents
from ledger.journal import Transaction


def balances(transactions: list[Transaction]) -> dict[str, int]:
    """Return the balance of every account that is named, and of those above it."""
    totals: dict[str, int] = {}
    for transaction in transactions:
        for posting in transaction.postings:
            for account in with_parents(posting.account):
                totals[account] = totals.get(account, 0) + posting.cents
    return totals
