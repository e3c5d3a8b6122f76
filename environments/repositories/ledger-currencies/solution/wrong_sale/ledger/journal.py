"""Reads a journal into transactions."""

import re
from collections import Counter
from dataclasses import dataclass, field

from ledger.accounts import check_account
from ledger.amounts import parse_posting

HEADER = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} .*\S.*")


@dataclass
class Posting:
    account: str
    cents: int = 0
    currency: str = "EUR"


@dataclass
class Transaction:
    header: str
    postings: list = field(default_factory=list)
    counted: Counter = field(default_factory=Counter)
    open_accounts: list = field(default_factory=list)


def add_posting(transaction, line):
    parts = re.split(" {2,}", line.strip(" "))
    account = check_account(parts[0])
    if len(parts) == 1:
        transaction.open_accounts.append(account)
        transaction.postings.append(Posting(account))
    elif len(parts) == 2:
        currency, cents, counted_currency, counted_cents = parse_posting(parts[1])
        transaction.postings.append(Posting(account, cents, currency))
        transaction.counted[counted_currency] += counted_cents
    else:
        raise ValueError(line)


def settle(transaction):
    if len(transaction.open_accounts) > 1:
        raise ValueError("two open postings: " + transaction.header)
    for currency, cents in transaction.counted.items():
        if cents == 0:
            continue
        if not transaction.open_accounts:
            raise ValueError("does not balance: " + transaction.header)
        transaction.postings.append(Posting(transaction.open_accounts[0], -cents, currency))


def read_journal(text):
    transactions = []
    for line in text.split("\n"):
        if not line.strip(" ") or line.startswith("#"):
            continue
        if not line.startswith(" "):
            if not HEADER.fullmatch(line):
                raise ValueError(line)
            transactions.append(Transaction(line))
        elif transactions:
            add_posting(transactions[-1], line)
        else:
            raise ValueError("posting without transaction")
    for transaction in transactions:
        settle(transaction)
    return transactions
