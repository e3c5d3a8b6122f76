"""Cuts a template into text, values and tags."""

import re
from typing import NamedTuple

# A text in quotes may contain what would end a value.
PIECE = re.compile(
    r"""\{\{(?P<value>(?:"[^"]*"|[^"])*?)\}\}|\{%(?P<tag>.*?)%\}""",
    re.DOTALL,
)


class Piece(NamedTuple):
    """A piece of a template; its kind is "text", "value" or "tag"."""

    kind: str
    text: str


def scan(template: str) -> list[Piece]:
    """Return the pieces of a template, with what they trim away left out."""
    pieces = []
    position = 0
    trims = False
    for match in PIECE.finditer(template):
        inside = match[match.lastgroup]
        before = template[position : match.start()]
        before = before.lstrip() if trims else before
        pieces.append(Piece("text", before.rstrip() if inside.startswith("-") else before))
        inside = inside.removeprefix("-")
        trims = inside.endswith("-")
        pieces.append(Piece(match.lastgroup, inside.removesuffix("-").strip()))
        position = match.end()
    behind = template[position:]
    pieces.append(Piece("text", behind.lstrip() if trims else behind))
    for kind, text in pieces:
        if kind == "text" and ("{{" in text or "{%" in text):
            raise ValueError(f"something is not closed: {text!r}")
    return pieces
