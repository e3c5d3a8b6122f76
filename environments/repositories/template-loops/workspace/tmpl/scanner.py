"""Cuts a template into text, values and tags."""

import re
from typing import NamedTuple

PIECE = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%(?P<tag>.*?)%\}", re.DOTALL)


class Piece(NamedTuple):
    """A piece of a template; its kind is "text", "value" or "tag"."""

    kind: str
    text: str


def scan(template: str) -> list[Piece]:
    """Return the pieces of a template."""
    pieces = []
    position = 0
    for match in PIECE.finditer(template):
        pieces.append(Piece("text", template[position : match.start()]))
        pieces.append(Piece(match.lastgroup, match[match.lastgroup].strip()))
        position = match.end()
    pieces.append(Piece("text", template[position:]))
    for kind, text in pieces:
        if kind == "text" and ("{{" in text or "{%" in text):
            raise ValueError(f"something is not closed: {text!r}")
    return pieces
