"""Turns tokens into a tree.

A tree is a tuple: ("number", 5), ("name", "x"), ("negative", tree), ("binary", "+", left tree,
right tree) or ("call", "min", list of trees).
"""

from lexer import Token, tokenize

# The most arguments that each function takes; None means any number.
FUNCTIONS = {"min": None, "max": None, "abs": 1}


class Parser:
    """Reads one expression; every method reads the part it is named after."""

    def __init__(self, text: str) -> None:
        self.tokens = tokenize(text)
        self.position = 0

    def peek(self) -> str:
        """Return the text of the next token, which is empty at the end."""
        return self.tokens[self.position].text

    def take(self) -> Token:
        """Return the next token and go on to the one after it."""
        token = self.tokens[self.position]
        self.position += 1
        return token

    def expect(self, text: str) -> None:
        """Pass over a token that must have this text."""
        if self.take().text != text:
            raise ValueError(f"expected {text or 'the end'!r}")

    def expression(self) -> tuple:
        """Read a sum."""
        left = self.term()
        while self.peek() in ("+", "-"):
            left = ("binary", self.take().text, left, self.term())
        return left

    def term(self) -> tuple:
        """Read a product."""
        left = self.signed()
        while self.peek() in ("*", "/", "%"):
            left = ("binary", self.take().text, left, self.signed())
        return left

    def signed(self) -> tuple:
        """Read an operand with any number of minus signs."""
        if self.peek() == "-":
            self.take()
            return ("negative", self.signed())
        return self.power()

    def power(self) -> tuple:
        """Read an operand and its exponent."""
        base = self.atom()
        if self.peek() == "^":
            self.take()
            return ("binary", "^", base, self.signed())
        return base

    def atom(self) -> tuple:
        """Read a number, a variable, a call or a parenthesis."""
        kind, text = self.take()
        if kind == "number":
            return ("number", int(text))
        if kind == "name":
            return self.call(text) if self.peek() == "(" else ("name", text)
        if text != "(":
            raise ValueError(f"expected an operand, not {text!r}")
        inside = self.expression()
        self.expect(")")
        return inside

    def call(self, function: str) -> tuple:
        """Read the arguments of a call."""
        if function not in FUNCTIONS:
            raise ValueError(f"unknown function {function}")
        self.expect("(")
        arguments = [self.expression()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.expression())
        self.expect(")")
        most = FUNCTIONS[function]
        if most is not None and len(arguments) > most:
            raise ValueError(f"too many arguments for {function}")
        return ("call", function, arguments)


def parse(text: str) -> tuple:
    """Return the tree of the expression."""
    parser = Parser(text)
    tree = parser.expression()
    parser.expect("")
    return tree
