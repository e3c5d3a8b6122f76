"""What the project is for: balances of a journal."""

from ledger.accounts import depth_of
from ledger.amounts import format_amount
from ledger.balances import balances
from ledger.journal import read_journal


def account_balance(journal: str, account: str) -> str:
    """Return the balance of an account, or raise KeyError if it is unknown."""
    return format_amount(balances(read_journal(journal))[account])


def balance_report(journal: str, depth: int | None = None) -> list[str]:
    """Return a line for every account that is not at zero."""
    lines = []
    for account, cents in sorted(balances(read_journal(journal)).items()):
        if cents and (depth is None or depth_of(account) <= depth):
            lines.append(f"{format_amount(cents):>12}  {account}")
    return lines
