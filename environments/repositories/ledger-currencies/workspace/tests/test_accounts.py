import pytest

from ledger.accounts import check_account, depth_of, with_parents


def test_parents_come_first():
    assert list(with_parents("a:b:c")) == ["a", "a:b", "a:b:c"]


def test_depth_counts_names():
    assert depth_of("assets") == 1
    assert depth_of("assets:bank:giro") == 3


@pytest.mark.parametrize("name", ["", "Assets", "a:", ":a", "a::b", "a b"])
def test_names_are_checked(name):
    with pytest.raises(ValueError):
        check_account(name)
