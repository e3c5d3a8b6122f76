"""Reads formulas.

A formula becomes a tree of tuples: ("number", 5), ("cell", cell), ("sum", first, last) or
("+", left tree, right tree), and so for "-" and "*".
"""

import re

from sheet.refs import read_cell

TOKEN = re.compile(r" *(SUM\(|#REF|[A-Z][0-9]+(?::[A-Z][0-9]+)?|[0-9]+|[-+*()])")


def tokenize(text: str) -> list[str]:
    """Return the tokens of a formula, without the sign at its beginning."""
    tokens = []
    position = 1
    text = text.rstrip(" ")
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"not a formula: {text!r}")
        tokens.append(match[1])
        position = match.end()
    return tokens


class Parser:
    """Reads the tokens of a formula one after the other."""

    def __init__(self, text: str) -> None:
        self.tokens = tokenize(text)

    def take(self) -> str:
        """Take the next token, which is empty at the end."""
        return self.tokens.pop(0) if self.tokens else ""

    def expect(self, token: str) -> None:
        """Take a token that must be this one."""
        if self.take() != token:
            raise ValueError(f"expected {token!r}")

    def sum(self) -> tuple:
        """Read operands that are added."""
        left = self.product()
        while self.tokens and self.tokens[0] in "+-":
            left = (self.take(), left, self.product())
        return left

    def product(self) -> tuple:
        """Read operands that are multiplied."""
        left = self.operand()
        while self.tokens and self.tokens[0] == "*":
            left = (self.take(), left, self.operand())
        return left

    def operand(self) -> tuple:
        """Read a number, a reference, a sum of cells or a parenthesis."""
        token = self.take()
        if token.isdecimal():
            return ("number", int(token))
        if token == "(":
            inside = self.sum()
            self.expect(")")
            return inside
        if token == "SUM(":
            inside = self.range(self.take())
            self.expect(")")
            return inside
        if token == "#REF":
            return ("ref error",)
        return ("cell", read_cell(token))

    def range(self, token: str) -> tuple:
        """Read the corners of a range."""
        if token == "#REF":
            return ("ref error",)
        first, _, last = (read_cell(part) if part != ":" else part for part in token.partition(":"))
        if first.column > last.column or first.row > last.row:
            raise ValueError(f"not a range: {token!r}")
        return ("sum", first, last)


def parse(text: str) -> tuple:
    """Return the tree of a formula, or raise ValueError."""
    # A dollar sign makes no difference to the value.
    parser = Parser(re.sub(r"\$?([A-Z])\$?([0-9])", r"\1\2", text))
    tree = parser.sum()
    parser.expect("")
    return tree
