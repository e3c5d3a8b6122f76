"""Sums up what was posted."""

from collections import Counter

from ledger.accounts import with_parents


def balances(transactions):
    totals = {}
    for transaction in transactions:
        for posting in transaction.postings:
            for account in with_parents(posting.account):
                totals.setdefault(account, Counter())[posting.currency] += posting.cents
    return totals
