import re


def parse_duration(text):
    match = re.fullmatch(
        r"\s*([+-])?\s*(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?\s*", text.lower()
    )
    if match is None or match.groups()[1:] == (None, None, None, None):
        raise ValueError(text)
    days, hours, minutes, seconds = (int(group or 0) for group in match.groups()[1:])
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    if match.group(1) == "-":
        total = -total
    return total


def format_duration(seconds):
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    values = [(days, "d"), (hours, "h"), (minutes, "m"), (seconds, "s")]
    text = " ".join(f"{value}{unit}" for value, unit in values if value)
    return text or "0s"
