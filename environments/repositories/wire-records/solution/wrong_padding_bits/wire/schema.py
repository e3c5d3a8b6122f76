"""Reads schemas."""

from typing import NamedTuple


class Field(NamedTuple):
    name: str
    type: str
    many: bool
    optional: bool


def read_schema(text):
    fields = []
    for part in text.split(" "):
        name, colon, kind = part.partition(":")
        optional = name.endswith("?")
        many = kind.endswith("*")
        name = name[:-1] if optional else name
        kind = kind[:-1] if many else kind
        if not colon or not name or not all("a" <= letter <= "z" for letter in name):
            raise ValueError("bad name in " + part)
        if kind not in ("u", "t", "b", "i"):
            raise ValueError("bad type in " + part)
        if any(field.name == name for field in fields):
            raise ValueError("name given twice: " + name)
        fields.append(Field(name, kind, many, optional))
    return fields


def version(fields):
    for field in fields:
        if field.many or field.optional or field.type == "i":
            return 2
    return 1
