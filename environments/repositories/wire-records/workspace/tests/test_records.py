import pytest

from solution import pack, unpack

SCHEMA = "id:u name:t done:b"
RECORD = {"id": 300, "name": "Zoë", "done": True}
DATA = bytes.fromhex("01ac02045a6fc3ab01eb")


def test_there_and_back():
    assert pack(SCHEMA, RECORD) == DATA
    assert unpack(SCHEMA, DATA) == RECORD
    assert list(unpack(SCHEMA, DATA)) == ["id", "name", "done"]


@pytest.mark.parametrize("schema", ["", "id", "id:x", "id:u  name:t", "id:u id:t", "ID:u", "id:u "])
def test_what_is_no_schema(schema):
    with pytest.raises(ValueError):
        pack(schema, {"no": 1})


@pytest.mark.parametrize(
    ("record", "error"),
    [
        ({**RECORD, "more": 1}, KeyError),
        ({"id": 1, "name": "a"}, KeyError),
        ({**RECORD, "id": True}, TypeError),
        ({**RECORD, "done": 1}, TypeError),
        ({**RECORD, "id": -1}, ValueError),
        ({**RECORD, "name": "\ud800"}, ValueError),
    ],
)
def test_what_cannot_be_packed(record, error):
    with pytest.raises(error):
        pack(SCHEMA, record)


@pytest.mark.parametrize("at", range(len(DATA)))
def test_a_changed_byte_is_noticed(at):
    changed = bytes([*DATA[:at], DATA[at] ^ 1, *DATA[at + 1 :]])
    with pytest.raises(ValueError):
        unpack(SCHEMA, changed)


@pytest.mark.parametrize("data", ["", "01", "0101", "01000002", "020002"])
def test_what_is_no_record(data):
    with pytest.raises(ValueError):
        unpack("id:u", bytes.fromhex(data))
