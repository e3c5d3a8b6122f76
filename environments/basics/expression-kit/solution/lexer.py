"""Cuts the text of an expression into tokens."""

import re
from typing import NamedTuple

TOKEN = re.compile(
    r"(?P<number>[0-9]+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>[-+*/%^(),])|(?P<space> +)"
)


class Token(NamedTuple):
    """A piece of an expression; its kind is "number", "name", "sign" or "end"."""

    kind: str
    text: str


def tokenize(text: str) -> list[Token]:
    """Return the tokens of the text, an "end" token last."""
    tokens = []
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"a character that has no place: {text[position]!r}")
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup, match.group()))
        position = match.end()
    return [*tokens, Token("end", "")]
