import random

GAPS = ("", " ", " ", "  ", "\t")


def duration_text(rng: random.Random) -> str:
    units = [unit for unit in "dhms" if rng.random() < 0.55] or [rng.choice("dhms")]
    if rng.random() < 0.12:
        units.append(rng.choice("dhms"))
    if rng.random() < 0.06:
        rng.shuffle(units)
    text = rng.choice(("", "", "", " ", "-", "- ", "+"))
    for unit in units:
        number = str(
            rng.choice((0, rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 99999)))
        )
        text += number + rng.choice((unit, unit, unit, unit.upper())) + rng.choice(GAPS)
    spoil = rng.random()
    if spoil < 0.03:
        text += str(rng.randint(1, 99))
    elif spoil < 0.06:
        text = text.replace(rng.choice("dhms"), rng.choice(("x", " h", "")))
    return text


def generate(rng: random.Random) -> dict:
    if rng.random() < 0.5:
        return {"kind": "call", "function": "parse_duration", "args": [duration_text(rng)]}
    largest = rng.choice((60, 4000, 100_000, 10_000_000))
    seconds = rng.randint(1, largest)
    seconds = rng.choice((seconds, seconds, seconds, -seconds, seconds // 60 * 60))
    return {"kind": "call", "function": "format_duration", "args": [seconds]}
