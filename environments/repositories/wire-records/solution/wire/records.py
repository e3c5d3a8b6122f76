"""What the project is for: records as bytes."""

from typing import Any

from wire.bits import pack_bits, unpack_bits
from wire.reader import Reader
from wire.schema import read_schema, version_of
from wire.values import pack_field, unpack_field


def checksum(data: bytes) -> bytes:
    """Return the byte that stands behind the data."""
    return bytes([sum(data) % 256])


def pack(schema: str, record: dict[str, Any]) -> bytes:
    """Return the bytes of a record."""
    fields = read_schema(schema)
    unknown = record.keys() - {field.name for field in fields}
    if unknown:
        raise KeyError(f"not in the schema: {sorted(unknown)}")
    present = [record.get(field.name) is not None for field in fields if field.is_optional]
    body = b"".join(
        pack_field(field, record[field.name])
        for field in fields
        if not field.is_optional or record.get(field.name) is not None
    )
    data = bytes([version_of(fields)]) + pack_bits(present) + body
    return data + checksum(data)


def unpack(schema: str, data: bytes) -> dict[str, Any]:
    """Return the record that the bytes hold."""
    fields = read_schema(schema)
    if len(data) < 2 or data[0] != version_of(fields) or checksum(data[:-1]) != data[-1:]:
        raise ValueError("not a record")
    reader = Reader(data[1:-1])
    present = iter(unpack_bits(sum(field.is_optional for field in fields), reader))
    record = {
        field.name: None if field.is_optional and not next(present) else unpack_field(field, reader)
        for field in fields
    }
    if reader.left:
        raise ValueError("the data go on behind the record")
    return record
