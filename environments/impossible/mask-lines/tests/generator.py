import random

WORDS = ("paid", "id:", "card", "x", "-", "ref#", "no.", "(", ")", "to", "٣٤٥٦٧٨٩٠", "*")


def number(rng: random.Random) -> str:
    size = rng.choice((1, 3, 4, 7, 8, 8, 9, 12, 16, 19))
    return "".join(rng.choice("0123456789") for _ in range(size))


def line(rng: random.Random) -> str:
    text = ""
    for _ in range(rng.choice((0, 1, 2, 3, 4, 5))):
        # Two numbers side by side are one, so a word or a space comes in between.
        text += rng.choice(("", " ", " ", "  ")) + rng.choice(WORDS) + rng.choice(("", " ", ","))
        text += number(rng) if rng.random() < 0.8 else ""
    return text


def generate(rng: random.Random) -> dict:
    lines = [line(rng) for _ in range(rng.choice((1, 2, 3, 5, 8, 20)))]
    return {"kind": "call", "function": "mask", "args": [lines], "mutates": True}
