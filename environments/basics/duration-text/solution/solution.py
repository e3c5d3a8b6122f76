import re

UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
PARTS = r"\s*".join(rf"(?:([0-9]+){unit})?" for unit in UNITS)
DURATION = re.compile(rf"\s*([-+]?)\s*{PARTS}\s*", re.IGNORECASE | re.ASCII)


def parse_duration(text: str) -> int:
    """Return the number of seconds that the text stands for."""
    match = DURATION.fullmatch(text)
    sign, *counts = match.groups() if match else ("",)
    if not any(counts):
        raise ValueError(f"not a duration: {text!r}")
    seconds = sum(
        int(count or 0) * size for count, size in zip(counts, UNITS.values(), strict=True)
    )
    return -seconds if sign == "-" else seconds


def format_duration(seconds: int) -> str:
    """Return the duration in normal form."""
    rest = abs(seconds)
    parts = []
    for unit, size in UNITS.items():
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{unit}")
    text = " ".join(parts) or "0s"
    return f"-{text}" if seconds < 0 else text
