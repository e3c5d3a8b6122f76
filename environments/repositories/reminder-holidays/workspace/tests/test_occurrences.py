from solution import agenda, occurrences


def test_days():
    rule = "every 3 days from 2024-02-27"
    assert occurrences(rule, "2024-02-01", "2024-03-04") == [
        "2024-02-27",
        "2024-03-01",
        "2024-03-04",
    ]


def test_weeks_begin_on_monday():
    rule = "every 2 weeks from 2024-01-03 on sun,mon"
    assert occurrences(rule, "2024-01-01", "2024-01-31") == [
        "2024-01-07",
        "2024-01-15",
        "2024-01-21",
        "2024-01-29",
    ]


def test_months_without_the_day():
    rule = "every 1 months from 2023-12-31 on 31"
    assert occurrences(rule, "2024-01-01", "2024-05-31") == [
        "2024-01-31",
        "2024-03-31",
        "2024-05-31",
    ]


def test_agenda():
    entries = [
        ("Rent", "every 1 months from 2024-01-01 on 2"),
        ("Run", "every 1 days from 2024-01-02"),
    ]
    assert agenda(entries, "2024-01-01", "2024-01-03") == [
        "2024-01-02 Rent",
        "2024-01-02 Run",
        "2024-01-03 Run",
    ]


def test_nothing_from_behind_to_before():
    assert occurrences("every 1 days from 2024-01-01", "2024-02-02", "2024-02-01") == []
