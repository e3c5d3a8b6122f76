"""Puts the parts of a template together."""

import re

from tmpl.filters import ARGUMENTS, FILTERS
from tmpl.nodes import Filter, For, If, Node, Text, Value
from tmpl.scanner import Piece, scan

NAME = re.compile(r"[a-z0-9_]+")
PATH = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
FILTER = re.compile(r"""\|\s*([a-z]+)\s*(?::\s*([0-9]+|"[^"]*")\s*)?""")


def read_path(text: str) -> tuple[str, ...]:
    """Return the names of a path."""
    if not PATH.fullmatch(text):
        raise ValueError(f"not a path: {text!r}")
    return tuple(text.split("."))


def read_filter(name: str, said: str | None) -> Filter:
    """Read a filter and what is said as its argument."""
    if name not in FILTERS:
        raise ValueError(f"unknown filter: {name!r}")
    argument = said and (said[1:-1] if said.startswith('"') else int(said))
    if not isinstance(argument, ARGUMENTS.get(name, type(None))):
        raise ValueError(f"not an argument of {name}: {said}")
    return Filter(name, argument)


def read_value(text: str) -> Value:
    """Read what stands in a value."""
    path = text.partition("|")[0]
    filters = []
    position = len(path)
    while position < len(text):
        match = FILTER.match(text, position)
        if match is None:
            raise ValueError(f"not a filter: {text[position:]!r}")
        filters.append(read_filter(*match.groups()))
        position = match.end()
    return Value(read_path(path.strip()), tuple(filters))


class Parser:
    """Reads the pieces of a template one after the other."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.position = 0

    def block(self) -> tuple[tuple[Node, ...], str]:
        """Read up to a tag that ends a block, and return the parts and this tag."""
        parts: list[Node] = []
        while self.position < len(self.pieces):
            kind, text = self.pieces[self.position]
            self.position += 1
            if kind == "text":
                parts.append(Text(text))
            elif kind == "value":
                parts.append(read_value(text))
            elif text in ("else", "empty", "end"):
                return tuple(parts), text
            else:
                parts.append(self.opened(text.split()))
        return tuple(parts), ""

    def opened(self, words: list[str]) -> Node:
        """Read what a tag opens."""
        match words:
            case ["if", path]:
                return If(read_path(path), *self.two_blocks("else"))
            case ["for", name, "in", path] if NAME.fullmatch(name) and name != "loop":
                return For(name, read_path(path), *self.two_blocks("empty"))
        raise ValueError(f"not a tag: {' '.join(words)!r}")

    def two_blocks(self, divider: str) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
        """Read a block, and another one if they are divided, up to the end."""
        first, closed_by = self.block()
        second: tuple[Node, ...] = ()
        if closed_by == divider:
            second, closed_by = self.block()
        if closed_by != "end":
            raise ValueError(f"expected an end, not {closed_by!r}")
        return first, second


def parse(template: str) -> tuple[Node, ...]:
    """Return the parts of a template, or raise ValueError."""
    parts, closed_by = Parser(scan(template)).block()
    if closed_by:
        raise ValueError(f"nothing is open at {closed_by!r}")
    return parts
