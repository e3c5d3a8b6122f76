"""What the project is for: balances of a journal."""

from ledger.accounts import depth_of
from ledger.amounts import format_amount
from ledger.balances import balances
from ledger.journal import read_journal


def account_balance(journal: str, account: str) -> dict[str, str]:
    """Return the balance of an account by currency, or raise KeyError if it is unknown."""
    purse = balances(read_journal(journal))[account]
    return {currency: format_amount(cents) for currency, cents in sorted(purse.items()) if cents}


def balance_report(journal: str, depth: int | None = None) -> list[str]:
    """Return a line for every currency of every account that is not at zero."""
    return [
        f"{format_amount(cents):>12} {currency}  {account}"
        for account, purse in sorted(balances(read_journal(journal)).items())
        if depth is None or depth_of(account) <= depth
        for currency, cents in sorted(purse.items())
        if cents
    ]
