"""Reads a journal into transactions."""

import re
from dataclasses import dataclass, field

from ledger.accounts import check_account
from ledger.amounts import parse_amount

HEADER = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} .*\S.*")


@dataclass
class Posting:
    """An amount that is added to an account; None until it is known."""

    account: str
    cents: int | None


@dataclass
class Transaction:
    """A date with a note, and postings that sum to zero."""

    header: str
    postings: list[Posting] = field(default_factory=list)


def read_posting(line: str) -> Posting:
    """Read the line of a posting."""
    parts = re.split(" {2,}", line.strip(" "))
    if len(parts) > 2:
        raise ValueError(f"too much in a posting: {line!r}")
    account = check_account(parts[0])
    return Posting(account, parse_amount(parts[1]) if len(parts) == 2 else None)


def settle(transaction: Transaction) -> None:
    """Fill in the amount that is missing, and check that the sum is zero."""
    total = sum(posting.cents for posting in transaction.postings if posting.cents is not None)
    missing = [posting for posting in transaction.postings if posting.cents is None]
    if len(missing) > 1:
        raise ValueError(f"two amounts are missing: {transaction.header!r}")
    if missing:
        missing[0].cents = -total
    elif total:
        raise ValueError(f"the sum is not zero: {transaction.header!r}")


def read_journal(text: str) -> list[Transaction]:
    """Return the transactions of a journal, all settled."""
    transactions: list[Transaction] = []
    for line in text.split("\n"):
        if not line.strip(" ") or line.startswith("#"):
            continue
        if line.startswith(" "):
            if not transactions:
                raise ValueError(f"a posting without a transaction: {line!r}")
            transactions[-1].postings.append(read_posting(line))
        elif HEADER.fullmatch(line):
            transactions.append(Transaction(line))
        else:
            raise ValueError(f"not a transaction: {line!r}")
    for transaction in transactions:
        settle(transaction)
    return transactions
