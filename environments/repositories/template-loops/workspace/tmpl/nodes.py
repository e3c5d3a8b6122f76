"""The parts of a template."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Text that stays as it is."""

    text: str


@dataclass(frozen=True)
class Value:
    """A value with filters."""

    path: tuple[str, ...]
    filters: tuple[str, ...]


@dataclass(frozen=True)
class If:
    """One of two parts."""

    path: tuple[str, ...]
    then: tuple["Node", ...]
    otherwise: tuple["Node", ...]


Node = Text | Value | If
