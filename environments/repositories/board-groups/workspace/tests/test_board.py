import pytest

from solution import Board


@pytest.fixture
def board():
    board = Board()
    board.add("low", "box", [0, 0, 5, 5])
    board.add("high", "disc", [4, 4, 2])
    return board


def test_the_highest_is_on_top(board):
    assert board.names() == ["low", "high"]
    assert board.top_at(4, 4) == "high"
    assert board.top_at(0, 0) == "low"
    assert board.top_at(9, 9) is None


def test_moving_keeps_the_order(board):
    board.move("low", 1, 1)
    assert board.names() == ["low", "high"]
    assert board.bounds("low") == (1, 1, 5, 5)


def test_removing(board):
    board.remove("low")
    assert board.top_at(0, 0) is None
    board.add("low", "box", [0, 0, 1, 1])
    assert board.names() == ["high", "low"]


@pytest.mark.parametrize(
    ("name", "kind", "numbers"),
    [
        ("", "box", [0, 0, 1, 1]),
        ("low", "box", [0, 0, 1, 1]),
        ("new", "line", [0, 0, 1, 1]),
        ("new", "disc", [0, 0, 1, 1]),
        ("new", "box", [0, 0, 1, 0]),
    ],
)
def test_what_cannot_be_added(board, name, kind, numbers):
    with pytest.raises(ValueError):
        board.add(name, kind, numbers)
    assert board.names() == ["low", "high"]


def test_unknown_names(board):
    for call in (board.remove, board.bounds):
        with pytest.raises(KeyError):
            call("none")
