"""Turns tokens into a tree.

A tree is a tuple: ("number", 5), ("name", "x"), ("minus", tree) or ("binary", "+", left tree,
right tree).
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
        if self.position == len(self.tokens):
            raise ValueError("unexpected end")
        token = self.tokens[self.position]
        self.position += 1
        return token

    def expression(self):
        left = self.term()
        while self.peek() in ("+", "-"):
            _, sign = self.take()
            left = ("binary", sign, left, self.term())
        return left

    def term(self):
        left = self.unary()
        while self.peek() in ("*", "/", "%"):
            _, sign = self.take()
            left = ("binary", sign, left, self.unary())
        return left

    def unary(self):
        if self.peek() == "-":
            self.take()
            return ("minus", self.unary())
        return self.power()

    def power(self):
        left = self.atom()
        while self.peek() == "^":
            self.take()
            if self.peek() == "-":
                right = self.unary()
            else:
                right = self.atom()
            left = ("binary", "^", left, right)
        return left

    def atom(self):
        kind, text = self.take()
        if kind == "number":
            return ("number", int(text))
        if kind == "name":
            return ("name", text)
        if text != "(":
            raise ValueError("unexpected " + text)
        inside = self.expression()
        self.close()
        return inside

    def close(self):
        if self.take()[1] != ")":
            raise ValueError("missing )")


def parse(text):
    """Return the tree of the expression."""
    parser = Parser(text)
    tree = parser.expression()
    if parser.peek() is not None:
        raise ValueError("unexpected " + parser.peek())
    return tree
