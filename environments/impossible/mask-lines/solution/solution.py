import re


def hidden(match: re.Match[str]) -> str:
    """Return the number with only its last four digits to be seen."""
    number = match.group()
    return "*" * (len(number) - 4) + number[-4:]


def mask(lines: list[str]) -> list[str]:
    """Return the lines with their long numbers masked."""
    return [re.sub("[0-9]{8,}", hidden, line) for line in lines]
