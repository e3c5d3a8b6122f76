"""Reads schemas."""

import re
from typing import NamedTuple

FIELD = re.compile(r"([a-z]+):([utb])")


class Field(NamedTuple):
    """A field of a record."""

    name: str
    type: str


def read_schema(text: str) -> list[Field]:
    """Return the fields of a schema, or raise ValueError."""
    fields = []
    for part in text.split(" "):
        match = FIELD.fullmatch(part)
        if match is None:
            raise ValueError(f"not a field: {part!r}")
        fields.append(Field(*match.groups()))
    if len({field.name for field in fields}) != len(fields):
        raise ValueError(f"two fields of the same name: {text!r}")
    return fields
