"""The parts of a template."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Text that stays as it is."""

    text: str


@dataclass(frozen=True)
class Filter:
    """A filter, with its argument if it takes one."""

    name: str
    argument: str | int | None = None


@dataclass(frozen=True)
class Value:
    """A value with filters."""

    path: tuple[str, ...]
    filters: tuple[Filter, ...]


@dataclass(frozen=True)
class If:
    """One of two parts."""

    path: tuple[str, ...]
    then: tuple["Node", ...]
    otherwise: tuple["Node", ...]


@dataclass(frozen=True)
class For:
    """A part for each item, or another if there is none."""

    name: str
    path: tuple[str, ...]
    body: tuple["Node", ...]
    empty: tuple["Node", ...]


Node = Text | Value | If | For
