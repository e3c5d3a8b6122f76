import re
from fractions import Fraction
from math import floor

NUMBER = "[0-9]+(?:/[0-9]+)?"
MIXED = r"[0-9]+ +[0-9]+/[0-9]+(?![^ ])"
LINE = re.compile(rf" *(?:({NUMBER})-({NUMBER})|({MIXED}|{NUMBER}))(?: +(.*)| *)", re.DOTALL)

SIZES = {"tsp": 1, "tbsp": 3, "cup": 48, "cups": 48, "g": 1, "kg": 1000}
"""Units in terms of the smallest one of their kind."""
STEPS = {"tsp": (1, 8), "tbsp": (1, 2), "cup": (1, 4), "kg": (1, 20), "g": (1, 1), "": (1, 2)}


def read(text: str) -> Fraction:
    """Return the value of an amount, which is above 0."""
    try:
        value = sum(Fraction(part) for part in text.split())
    except ZeroDivisionError:
        raise ValueError(f"a denominator is 0: {text!r}") from None
    if value == 0:
        raise ValueError(f"an amount is 0: {text!r}")
    return Fraction(value)


def written(value: Fraction) -> str:
    whole, rest = divmod(value, 1)
    parts = [str(whole)] * (whole > 0) + [str(rest)] * (rest > 0)
    return " ".join(parts)


def rounded(value: Fraction, unit: str) -> Fraction:
    step = Fraction(*STEPS[unit])
    if unit == "g" and value >= 50:
        step = Fraction(5)
    return max(floor(value / step + Fraction(1, 2)), 1) * step


def choose(value: Fraction, unit: str) -> str:
    """Return the new unit for an amount in terms of the smallest unit."""
    if unit in ("g", "kg"):
        return "kg" if value >= SIZES["kg"] else "g"
    if unit == "":
        return ""
    if value >= Fraction(SIZES["cup"], 4):
        return "cup"
    return "tbsp" if value >= SIZES["tbsp"] else "tsp"


def scaled(line: str, factor: Fraction) -> str:
    found = LINE.fullmatch(line)
    if found is None:
        return line
    amounts = [read(text) for text in found.groups()[:3] if text is not None]
    if amounts != sorted(amounts):
        raise ValueError(f"a range goes down: {line!r}")
    name = [word for word in (found[4] or "").split(" ") if word]
    unit = name.pop(0) if name and name[0] in SIZES else ""
    amounts = [amount * factor * SIZES.get(unit, 1) for amount in amounts]
    unit = choose(amounts[0], unit)
    amounts = [rounded(amount / SIZES.get(unit, 1), unit) for amount in amounts]
    text = written(amounts[0])
    if amounts[-1] != amounts[0]:
        text += " to " + written(amounts[-1])
    if unit == "cup" and amounts[-1] > 1:
        unit = "cups"
    return " ".join(part for part in (text, unit, *name) if part)


def scale(lines: list[str], factor: str) -> list[str]:
    """Return the ingredients with their amounts multiplied."""
    if not re.fullmatch(rf"{NUMBER}|[0-9]+ [0-9]+/[0-9]+", factor):
        raise ValueError(f"this is no factor: {factor!r}")
    times = read(factor)
    return [scaled(line, times) for line in lines]
