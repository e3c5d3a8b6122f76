import math
import re
from fractions import Fraction as F

VOLUME = [("cup", F(48), F(12), F(1, 4)), ("tbsp", F(3), F(3), F(1, 2)), ("tsp", F(1), F(0), F(1, 8))]
WEIGHT = [("kg", F(1000), F(1000), F(1, 20)), ("g", F(1), F(0), None)]
FAMILY = {"tsp": VOLUME, "tbsp": VOLUME, "cup": VOLUME, "cups": VOLUME, "g": WEIGHT, "kg": WEIGHT}
TO_BASE = {"tsp": 1, "tbsp": 3, "cup": 48, "cups": 48, "g": 1, "kg": 1000}


def parse_number(s):
    try:
        value = F(s)
    except ZeroDivisionError:
        raise ValueError("division by zero")
    return value


def positive(value):
    if value <= 0:
        raise ValueError("must be positive")
    return value


def to_text(value):
    whole = value.numerator // value.denominator
    part = value - whole
    if part == 0:
        return f"{whole}"
    return f"{whole} {part}" if whole else f"{part}"


def round_to(value, step):
    multiple = math.floor(value / step)
    if value - multiple * step >= step / 2:
        multiple += 1
    return step * max(multiple, 1)


def scale_line(line, factor):
    m = re.match(r" *([0-9]+) +([0-9]+/[0-9]+)(?= |$)", line)
    if m:
        low = high = positive(parse_number(m[1]) + parse_number(m[2]))
    else:
        m = re.match(r" *([0-9]+(?:/[0-9]+)?)(?:-([0-9]+(?:/[0-9]+)?))?(?= |$)", line)
        if not m:
            return line
        low = positive(parse_number(m[1]))
        high = positive(parse_number(m[2])) if m[2] else low
        if high < low:
            raise ValueError("range upside down")
    words = line[m.end():].strip(" ")
    words = re.split(" +", words) if words else []
    low, high = low * factor, high * factor
    unit = ""
    step = F(1, 2)
    if words and words[0] in FAMILY:
        old = words.pop(0)
        low, high = low * TO_BASE[old], high * TO_BASE[old]
        for unit, size, least, step in FAMILY[old]:
            if low > least:
                break
        low, high = low / size, high / size
    texts = []
    for value in (low, high):
        texts.append(to_text(round_to(value, step if step else F(5) if value >= 50 else F(1))))
    if unit == "cup" and round_to(high, step) > 1:
        unit = "cups"
    amount = texts[0] if texts[0] == texts[1] else f"{texts[0]} to {texts[1]}"
    return " ".join([amount] + [unit] * bool(unit) + words)


def scale(lines, factor):
    m = re.fullmatch(r"(?:([0-9]+) )?([0-9]+/[0-9]+)|([0-9]+)", factor)
    if not m:
        raise ValueError("bad factor")
    value = positive(sum(parse_number(g) for g in m.groups() if g))
    return [scale_line(line, value) for line in lines]
