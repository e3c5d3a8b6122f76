"""What the project is for: records as bytes."""

from typing import Any

from wire.reader import Reader
from wire.schema import read_schema
from wire.values import pack_value, unpack_value

VERSION = 1


def checksum(data: bytes) -> bytes:
    """Return the byte that stands behind the data."""
    return bytes([sum(data) % 256])


def pack(schema: str, record: dict[str, Any]) -> bytes:
    """Return the bytes of a record."""
    fields = read_schema(schema)
    unknown = record.keys() - {field.name for field in fields}
    if unknown:
        raise KeyError(f"not in the schema: {sorted(unknown)}")
    body = b"".join(pack_value(field.type, record[field.name]) for field in fields)
    data = bytes([VERSION]) + body
    return data + checksum(data)


def unpack(schema: str, data: bytes) -> dict[str, Any]:
    """Return the record that the bytes hold."""
    fields = read_schema(schema)
    if len(data) < 2 or data[0] != VERSION or checksum(data[:-1]) != data[-1:]:
        raise ValueError("not a record")
    reader = Reader(data[1:-1])
    record = {field.name: unpack_value(field.type, reader) for field in fields}
    if reader.left:
        raise ValueError("the data go on behind the record")
    return record
