def parse_duration(text):
    total = 0
    number = ""
    for letter in text.strip().lower():
        if letter.isdigit():
            number += letter
        elif letter in "dhms":
            total += int(number) * {"d": 86400, "h": 3600, "m": 60, "s": 1}[letter]
            number = ""
    return total


def format_duration(seconds):
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    return f"{hours}h {minutes}m {seconds}s"
