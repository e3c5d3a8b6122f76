import pytest

from wire.numbers import LARGEST, pack_number, unpack_number
from wire.reader import Reader


@pytest.mark.parametrize(
    ("number", "data"),
    [(0, "00"), (127, "7f"), (128, "8001"), (300, "ac02"), (LARGEST, "ff" * 9 + "01")],
)
def test_numbers(number, data):
    assert pack_number(number).hex() == data
    assert unpack_number(Reader(bytes.fromhex(data))) == number


@pytest.mark.parametrize("data", ["", "80", "8000", "ff" * 9 + "02", "ff" * 11])
def test_what_is_no_number(data):
    with pytest.raises(ValueError):
        unpack_number(Reader(bytes.fromhex(data)))
