"""Cuts the text of an expression into tokens."""


def tokenize(text):
    """Return the tokens of the text as pairs (kind, text).

    The kinds are "number", "name" and "sign".
    """
    tokens = []
    position = 0
    while position < len(text):
        character = text[position]
        if character.isdigit():
            end = position
            while end < len(text) - 1 and text[end].isdigit():
                end += 1
            tokens.append(("number", text[position:end]))
            position = max(end, position + 1)
        elif character.isalpha():
            tokens.append(("name", character))
            position += 1
        else:
            if character in "+-*/()":
                tokens.append(("sign", character))
            position += 1
    return tokens
