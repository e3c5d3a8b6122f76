"""Cuts a template into text, values and tags."""

from typing import NamedTuple


class Piece(NamedTuple):
    kind: str
    text: str


def find_end(template, start, closing):
    """Where the tag that begins at start is closed; a quoted text does not close a value."""
    position = start
    while position < len(template):
        if closing == "}}" and template[position] == '"':
            position = template.find('"', position + 1) + 1
            if position == 0:
                break
        elif template.startswith(closing, position):
            return position
        else:
            position += 1
    raise ValueError("not closed: " + template[start:])


def scan(template):
    pieces = []
    position = 0
    strip_next = False
    while True:
        starts = [at for at in (template.find("{{", position), template.find("{%", position)) if at >= 0]
        start = min(starts, default=len(template))
        text = template[position:start]
        if strip_next:
            text = text.lstrip()
        if start == len(template):
            pieces.append(Piece("text", text))
            return pieces
        kind, closing = ("value", "}}") if template[start + 1] == "{" else ("tag", "%}")
        end = find_end(template, start + 2, closing)
        inside = template[start + 2 : end]
        if inside[:1] == "-":
            text = text.rstrip()
            inside = inside[1:]
        strip_next = inside[-1:] == "-"
        if strip_next:
            inside = inside[:-1]
        pieces.append(Piece("text", text))
        pieces.append(Piece(kind, inside.strip()))
        position = end + 2
