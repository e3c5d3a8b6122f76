import pytest

from depot.stock import Stock


def test_room_is_for_all_together():
    stock = Stock(10)
    stock.add("bolt", 4)
    stock.add("nut", 5)
    assert stock.room == 1
    with pytest.raises(ValueError):
        stock.add("bolt", 2)
    assert stock.count("bolt") == 4


def test_nothing_is_left_but_known():
    stock = Stock(3)
    stock.add("bolt", 3)
    stock.remove("bolt", 3)
    assert stock.count("bolt") == 0
    with pytest.raises(KeyError):
        stock.count("nut")
