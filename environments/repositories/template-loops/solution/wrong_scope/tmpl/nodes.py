"""The parts of a template."""

from dataclasses import dataclass


@dataclass
class Text:
    text: str


@dataclass
class Value:
    path: list
    filters: list


@dataclass
class Choice:
    """An if, or a loop when it has a name."""

    path: list
    name: str | None
    first: list
    second: list
