import re

LONG = re.compile(r"\d{9,}")


def mask(lines):
    return [
        LONG.sub(lambda m: m.group(0)[-4:].rjust(len(m.group(0)), "*"), line) for line in lines
    ]
