"""Puts the parts of a template together."""

import re

from tmpl.filters import FILTERS
from tmpl.nodes import If, Node, Text, Value
from tmpl.scanner import Piece, scan

PATH = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")


def read_path(text: str) -> tuple[str, ...]:
    """Return the names of a path."""
    if not PATH.fullmatch(text):
        raise ValueError(f"not a path: {text!r}")
    return tuple(text.split("."))


def read_value(text: str) -> Value:
    """Read what stands in a value."""
    path, *filters = (part.strip() for part in text.split("|"))
    for name in filters:
        if name not in FILTERS:
            raise ValueError(f"unknown filter: {name!r}")
    return Value(read_path(path), tuple(filters))


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
            elif text in ("else", "end"):
                return tuple(parts), text
            else:
                parts.append(self.opened(text.split()))
        return tuple(parts), ""

    def opened(self, words: list[str]) -> Node:
        """Read what a tag opens."""
        if len(words) == 2 and words[0] == "if":
            path = read_path(words[1])
            then, closed_by = self.block()
            otherwise: tuple[Node, ...] = ()
            if closed_by == "else":
                otherwise, closed_by = self.block()
            if closed_by != "end":
                raise ValueError("an if is not closed")
            return If(path, then, otherwise)
        raise ValueError(f"not a tag: {' '.join(words)!r}")


def parse(template: str) -> tuple[Node, ...]:
    """Return the parts of a template, or raise ValueError."""
    parts, closed_by = Parser(scan(template)).block()
    if closed_by:
        raise ValueError(f"nothing is open at {closed_by!r}")
    return parts
