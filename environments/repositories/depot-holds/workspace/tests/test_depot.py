import pytest

from solution import Depot


def test_history():
    depot = Depot(9)
    depot.receive("bolt", 6)
    depot.ship("bolt", 2)
    depot.receive("m4-nut", 5)
    assert depot.history() == ["receive 6 bolt", "ship 2 bolt", "receive 5 m4-nut"]
    assert depot.room == 0


def test_history_is_a_copy():
    depot = Depot(1)
    depot.history().append("nothing")
    assert depot.history() == []


@pytest.mark.parametrize(("sku", "count"), [("", 1), ("Bolt", 1), ("bolt", 0), ("bolt", 10)])
def test_what_cannot_be_received(sku, count):
    depot = Depot(9)
    with pytest.raises(ValueError):
        depot.receive(sku, count)
    assert depot.history() == []
    assert depot.room == 9


def test_what_cannot_be_shipped():
    depot = Depot(9)
    depot.receive("bolt", 2)
    with pytest.raises(KeyError):
        depot.ship("nut", 0)
    for count in (0, 3):
        with pytest.raises(ValueError):
            depot.ship("bolt", count)
    assert depot.count("bolt") == 2


def test_a_depot_has_room():
    with pytest.raises(ValueError):
        Depot(0)
