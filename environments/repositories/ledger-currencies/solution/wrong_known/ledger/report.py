"""Balances of a journal."""

from ledger.accounts import depth_of
from ledger.amounts import format_amount
from ledger.balances import balances
from ledger.journal import read_journal


def account_balance(journal, account):
    total = balances(read_journal(journal))[account]
    return {code: format_amount(total[code]) for code in total if total[code] != 0}


def balance_report(journal, depth=None):
    totals = balances(read_journal(journal))
    lines = []
    for account in sorted(totals):
        if depth is not None and depth_of(account) > depth:
            continue
        for code in sorted(totals[account]):
            if totals[account][code] != 0:
                lines.append(format_amount(totals[account][code]).rjust(12) + f" {code}  {account}")
    return lines
