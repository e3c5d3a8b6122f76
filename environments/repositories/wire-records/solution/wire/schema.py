"""Reads schemas."""

import re
from typing import NamedTuple

FIELD = re.compile(r"([a-z]+)(\??):([utbi])(\*?)")


class Field(NamedTuple):
    """A field of a record."""

    name: str
    is_optional: bool
    type: str
    is_list: bool

    @property
    def is_new(self) -> bool:
        """Whether it needs the second version of the format."""
        return self.is_optional or self.is_list or self.type == "i"


def read_schema(text: str) -> list[Field]:
    """Return the fields of a schema, or raise ValueError."""
    fields = []
    for part in text.split(" "):
        match = FIELD.fullmatch(part)
        if match is None:
            raise ValueError(f"not a field: {part!r}")
        name, optional, type_, star = match.groups()
        fields.append(Field(name, bool(optional), type_, bool(star)))
    if len({field.name for field in fields}) != len(fields):
        raise ValueError(f"two fields of the same name: {text!r}")
    return fields


def version_of(fields: list[Field]) -> int:
    """Return the version of the records of a schema."""
    return 2 if any(field.is_new for field in fields) else 1
