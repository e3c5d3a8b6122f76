import pytest

from solution import agenda, occurrences


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every 0 days from 2024-01-01",
        "every 01 days from 2024-01-01",
        "every 2 days from 2024-02-30",
        "every 2 days  from 2024-02-20",
        "every 2 days from 1899-12-31",
        "every 1 weeks from 2024-01-01 on monday",
        "every 1 weeks from 2024-01-01 on mon,mon",
        "every 1 months from 2024-01-01 on 32",
        "every 1 months from 2024-01-01",
    ],
)
def test_what_is_no_rule(rule):
    with pytest.raises(ValueError):
        occurrences(rule, "2024-02-01", "2024-01-01")


def test_dates_are_checked():
    with pytest.raises(ValueError):
        agenda([], "2024-1-1", "2024-02-01")
