"""Cuts the text of an expression into tokens."""

import string

DIGITS = string.digits
LETTERS = string.ascii_letters + "_"


def tokenize(text):
    """Return the tokens of the text as pairs (kind, text).

    The kinds are "number", "name" and "sign".
    """
    tokens = []
    position = 0
    while position < len(text):
        character = text[position]
        end = position + 1
        if character in DIGITS:
            while end < len(text) and text[end] in DIGITS:
                end += 1
            tokens.append(("number", text[position:end]))
        elif character in LETTERS:
            while end < len(text) and text[end] in LETTERS + DIGITS:
                end += 1
            tokens.append(("name", text[position:end]))
        elif character in "+-*/%^(),":
            tokens.append(("sign", character))
        elif character != " ":
            raise ValueError("unexpected character " + character)
        position = end
    return tokens
