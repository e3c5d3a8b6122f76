import re

SIZES = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def parse_duration(text):
    text = text.strip().lower()
    sign = 1
    if text and text[0] in "+-":
        sign = -1 if text[0] == "-" else 1
        text = text[1:]
    if not re.fullmatch(r"(\s*[0-9]+[dhms])+", text):
        raise ValueError("not a duration: " + text)
    total = 0
    for number, unit in re.findall(r"([0-9]+)([dhms])", text):
        total += int(number) * SIZES[unit]
    return sign * total


def format_duration(seconds):
    if seconds == 0:
        return "0s"
    sign = "-" if seconds < 0 else ""
    seconds = abs(seconds)
    parts = []
    for unit, size in SIZES.items():
        if seconds >= size:
            parts.append(str(seconds // size) + unit)
            seconds %= size
    return sign + " ".join(parts)
