from fractions import Fraction
import re


def fraction(text):
    top, slash, bottom = text.partition("/")
    if slash and int(bottom) == 0:
        raise ValueError("zero denominator")
    return Fraction(int(top), int(bottom) if slash else 1)


def show(x):
    if x.denominator == 1:
        return str(x.numerator)
    if x < 1:
        return f"{x.numerator}/{x.denominator}"
    return f"{x.numerator // x.denominator} {x.numerator % x.denominator}/{x.denominator}"


def nearest(x, step):
    n = round(x / step)
    return step * n if n else step


def new_unit(exact, unit):
    if unit in ("g", "kg"):
        grams = exact * (1000 if unit == "kg" else 1)
        return (1000, "kg", Fraction(1, 20)) if grams >= 1000 else (1, "g", None)
    if unit in ("tsp", "tbsp", "cup", "cups"):
        spoons = exact * {"tsp": 1, "tbsp": 3}.get(unit, 48)
        if spoons >= 12:
            return 48, "cup", Fraction(1, 4)
        if spoons >= 3:
            return 3, "tbsp", Fraction(1, 2)
        return 1, "tsp", Fraction(1, 8)
    return 1, None, Fraction(1, 2)


BASE = {"tsp": 1, "tbsp": 3, "cup": 48, "cups": 48, "g": 1, "kg": 1000}


def scale(lines, factor):
    if not re.fullmatch(r"([0-9]+ )?[0-9]+/[0-9]+|[0-9]+", factor):
        raise ValueError("factor")
    times = sum(map(fraction, factor.split(" ")))
    if not times:
        raise ValueError("factor is zero")
    out = []
    for line in lines:
        words = line.split(" ")
        words = [w for w in words if w]
        simple = r"[0-9]+(/[0-9]+)?"
        if not words or not re.fullmatch(f"{simple}(-{simple})?", words[0]):
            out.append(line)
            continue
        if "-" in words[0]:
            amounts = [fraction(p) for p in words[0].split("-")]
            words = words[1:]
            if amounts[1] < amounts[0]:
                raise ValueError("range")
        elif words[0].isdigit() and len(words) > 1 and re.fullmatch("[0-9]+/[0-9]+", words[1]):
            amounts = [fraction(words[0]) + fraction(words[1])]
            words = words[2:]
        else:
            amounts = [fraction(words[0])]
            words = words[1:]
        if 0 in amounts:
            raise ValueError("amount is zero")
        unit = None
        if words and words[0] in BASE:
            unit = words[0]
            words = words[1:]
        amounts = [a * times for a in amounts]
        size, name, step = new_unit(amounts[0], unit)
        results = []
        for a in amounts:
            a = a * BASE.get(unit, 1) / size
            results.append(nearest(a, step or (5 if a >= 50 else 1)))
        results = [Fraction(r) for r in results]
        text = show(results[0])
        if results[-1] != results[0]:
            text += " to " + show(results[-1])
        if name == "cup" and results[-1] > 1:
            name = "cups"
        out.append(" ".join([text] + ([name] if name else []) + words))
    return out
