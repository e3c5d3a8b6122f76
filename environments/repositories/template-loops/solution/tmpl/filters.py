"""The filters, and how values become text."""

from typing import Any


def as_text(value: Any) -> str:
    """Return a value as it is rendered."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    raise TypeError(f"cannot be rendered: {value!r}")


def count(value: Any) -> int:
    """Return how much is in a value."""
    if value is None:
        return 0
    if isinstance(value, str | list | dict):
        return len(value)
    raise TypeError(f"cannot be counted: {value!r}")


def join(value: Any, between: str) -> str:
    """Return the items of a list as one text."""
    if not isinstance(value, list | None):
        raise TypeError(f"cannot be joined: {value!r}")
    return between.join(as_text(item) for item in value or ())


FILTERS = {
    "upper": lambda value, _: as_text(value).upper(),
    "lower": lambda value, _: as_text(value).lower(),
    "trim": lambda value, _: as_text(value).strip(),
    "count": lambda value, _: count(value),
    "default": lambda value, other: other if value is None or value == "" else value,
    "join": join,
    "pad": lambda value, length: as_text(value).ljust(length),
}

ARGUMENTS = {"default": str | int, "join": str, "pad": int}
"""The kinds of argument, for filters that take one."""
