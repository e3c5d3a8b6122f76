"""The public face of the project."""

from ledger.report import account_balance, balance_report

__all__ = ["account_balance", "balance_report"]
