import pytest

from ledger.journal import read_journal

RENT = "2024-03-01 Rent\n  expenses:rent  700\n  assets:bank  -700\n"


def test_headers_are_kept():
    assert [each.header for each in read_journal(RENT + "\n# more\n" + RENT)] == [
        "2024-03-01 Rent",
        "2024-03-01 Rent",
    ]


def test_accounts_are_kept():
    (rent,) = read_journal(RENT)
    assert [posting.account for posting in rent.postings] == ["expenses:rent", "assets:bank"]


@pytest.mark.parametrize(
    "text",
    [
        "  assets:bank  5\n",
        "2024-03-01\n",
        "1 March Rent\n",
        "2024-03-01 Rent\n  assets:bank  5\n",
        "2024-03-01 Rent\n  assets:bank\n  expenses:rent\n",
        "2024-03-01 Rent\n  assets:bank  5.1\n  expenses:rent\n",
        "2024-03-01 Rent\n  assets:bank  5  6\n  expenses:rent\n",
    ],
)
def test_what_is_wrong_is_refused(text):
    with pytest.raises(ValueError):
        read_journal(text)
