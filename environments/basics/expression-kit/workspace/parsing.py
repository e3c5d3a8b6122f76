"""Turns tokens into a tree.

A tree is a tuple: ("number", 5), ("name", "x") or ("binary", "+", left tree, right tree).
"""

from lexer import tokenize


class Parser:
    def __init__(self, text):
        self.tokens = tokenize(text)
        self.position = 0

    def peek(self):
        """Return the text of the next token, or None at the end."""
        if self.position < len(self.tokens):
            return self.tokens[self.position][1]
        return None

    def take(self):
        """Return the next token and go on to the one after it."""
        token = self.tokens[self.position]
        self.position += 1
        return token

    def expression(self):
        left = self.term()
        if self.peek() in ("+", "-"):
            _, sign = self.take()
            return ("binary", sign, left, self.expression())
        return left

    def term(self):
        left = self.atom()
        while self.peek() in ("*", "/"):
            _, sign = self.take()
            left = ("binary", sign, left, self.atom())
        return left

    def atom(self):
        kind, text = self.take()
        if kind == "number":
            return ("number", int(text))
        if kind == "name":
            return ("name", text)
        inside = self.expression()
        self.take()
        return inside


def parse(text):
    """Return the tree of the expression."""
    return Parser(text).expression()
