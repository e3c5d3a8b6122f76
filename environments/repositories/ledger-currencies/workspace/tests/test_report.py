import pytest

from solution import account_balance, balance_report

JOURNAL = """\
2024-03-01 Rent
  expenses:rent  700
  assets:bank
2024-03-02 Back
  assets:bank  700
  expenses:rent  -700
"""


def test_accounts_at_zero_have_no_line():
    assert balance_report(JOURNAL) == []


def test_an_empty_journal():
    assert balance_report("") == []


def test_an_unknown_account():
    with pytest.raises(KeyError):
        account_balance(JOURNAL, "assets:cash")
