"""Adds up lengths in feet and inches."""

import math
import re
from fractions import Fraction

INCHES_PER_FOOT = 12
LENGTH = re.compile(
    r"""(?P<minus>-?)
    (?: (?P<feet>[0-9]+)' (?: [ ] (?=[0-9]) | $ ) )?   # a space only if inches follow
    (?: (?P<whole>[0-9]+) (?: [ ] (?=[0-9]+/) | " $ ) )?  # a space only if a fraction follows
    (?: (?P<above>[0-9]+) / (?P<below>[0-9]+) " )?""",
    re.VERBOSE,
)


def read_length(text: str) -> Fraction:
    """Return the inches that a text says, or raise ValueError."""
    match = LENGTH.fullmatch(text)
    if match is None or text in ("", "-"):
        raise ValueError(f"not a length: {text!r}")
    feet = int((match["minus"] if match["feet"] else "") + (match["feet"] or "0"))
    inches = Fraction(INCHES_PER_FOOT * feet + int(match["whole"] or 0))
    if match["above"]:
        if int(match["below"]) == 0:
            raise ValueError(f"a denominator of zero: {text!r}")
        inches += Fraction(int(match["above"]), int(match["below"]))
    return -inches if match["minus"] and not match["feet"] else inches


def rounded(inches: Fraction, step: int) -> Fraction:
    """Return the nearest multiple of 1/step, halves away from zero."""
    steps = math.floor(abs(inches) * step + Fraction(1, 2))
    return Fraction(steps if inches >= 0 else -steps, step)


def write_length(inches: Fraction) -> str:
    """Return inches as text."""
    if not inches:
        return '0"'
    feet, rest = divmod(abs(inches), INCHES_PER_FOOT)
    whole = math.floor(rest)
    fraction = rest - whole
    numbers = [str(part) for part in (whole, fraction) if part]
    parts = [f"{feet}'"] if feet else []
    if numbers:
        parts.append(" ".join(numbers) + '"')
    return "-" * (inches < 0) + " ".join(parts)


def add_up(lengths: list[str], step: int = 16) -> str:
    """Return the sum of lengths, rounded to so many parts of an inch."""
    if step < 1:
        raise ValueError("a step is a part of an inch")
    total = sum((read_length(text) for text in lengths), Fraction(0))
    return write_length(rounded(total, step))
