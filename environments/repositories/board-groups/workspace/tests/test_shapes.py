import pytest

from board.shapes import Box, Disc


def test_a_box():
    box = Box(2, 3, 2, 1)
    assert box.bounds == (2, 3, 3, 3)
    assert box.covers(3, 3)
    assert not box.covers(4, 3)


@pytest.mark.parametrize(
    ("x", "y", "covered"), [(3, 0, True), (0, -3, True), (2, 2, True), (3, 1, False)]
)
def test_a_disc(x, y, covered):
    assert Disc(0, 0, 3).covers(x, y) is covered


def test_moving_makes_another():
    disc = Disc(1, 1, 2)
    assert disc.moved(3, -1).bounds == (2, -2, 6, 2)
    assert disc.bounds == (-1, -1, 3, 3)
