import re
from collections.abc import Iterator
from dataclasses import dataclass

SENTENCE_END = re.compile(r'.*[.!?][)"]*', re.DOTALL)
MOST_IN_A_ROW = 2


@dataclass(frozen=True)
class Piece:
    """Characters between two places at which a line can end."""

    text: str
    gap: str
    """What stands before the piece, unless it begins a line."""
    divided: bool
    """Whether a line that ends behind the piece gets a further `-`."""


def pieces(text: str) -> Iterator[Piece]:
    gap = ""
    for word in re.split("[ \n]+", text):
        shown = word.replace("^", "").replace("~", " ")
        if not shown:
            continue
        start = 0
        for end, divided in places(word, shown):
            yield Piece(shown[start:end], gap if start == 0 else "", divided)
            start = end
        gap = "  " if SENTENCE_END.fullmatch(shown) else " "


def places(word: str, shown: str) -> list[tuple[int, bool]]:
    """Return how many shown characters stand before each end, and whether it is at a `^`."""
    found: dict[int, bool] = {}
    at = 0
    for sign in word:
        if sign == "^":
            if 2 <= at <= len(shown) - 2:
                found.setdefault(at, True)
            continue
        at += 1
        if sign == "-" and shown[at - 2 : at - 1].isalpha() and shown[at : at + 1].isalpha():
            found[at] = False
    found[len(shown)] = False
    return sorted(found.items())


def set_paragraph(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Return the lines of the paragraph."""
    if width <= max(len(first), len(rest)):
        raise ValueError("the width leaves no room for the text")
    waiting = list(pieces(text))
    lines: list[str] = []
    in_a_row = 0
    while waiting:
        line = rest if lines else first
        taken, best = 0, ""
        for number, piece in enumerate(waiting, start=1):
            line += piece.text if number == 1 else piece.gap + piece.text
            if piece.divided and in_a_row == MOST_IN_A_ROW:
                continue
            ended = line + "-" if piece.divided else line
            if not taken or len(ended) <= width:
                taken, best = number, ended
            if taken and len(line) > width:
                break
        lines.append(best)
        in_a_row = in_a_row + 1 if waiting[taken - 1].divided else 0
        waiting = waiting[taken:]
    return lines
