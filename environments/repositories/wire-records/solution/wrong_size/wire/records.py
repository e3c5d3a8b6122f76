"""Records as bytes."""

from wire.reader import Reader
from wire.schema import read_schema, version
from wire.values import pack_field, pack_flags, unpack_field, unpack_flags


def pack(schema, record):
    """Return the bytes of a record."""
    fields = read_schema(schema)
    for name in record:
        if not any(field.name == name for field in fields):
            raise KeyError(name)
    flags = []
    body = b""
    for field in fields:
        if field.optional:
            there = record.get(field.name) is not None
            flags.append(there)
            if not there:
                continue
        body += pack_field(field, record[field.name])
    data = bytes([version(fields)]) + pack_flags(flags) + body
    return data + bytes([sum(data) & 255])


def unpack(schema, data):
    """Return the record that the bytes hold."""
    fields = read_schema(schema)
    if len(data) < 2 or data[0] != version(fields) or sum(data[:-1]) & 255 != data[-1]:
        raise ValueError("not a record")
    reader = Reader(data[1:-1])
    flags = unpack_flags(len([field for field in fields if field.optional]), reader)
    record = {}
    for field in fields:
        if field.optional and not flags.pop(0):
            record[field.name] = None
        else:
            record[field.name] = unpack_field(field, reader)
    if reader.left > 0:
        raise ValueError("trailing data")
    return record
