import random

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SPACES = (" ", " ", " ", "  ", "\t", " \n ")


def word(rng: random.Random) -> str:
    return "".join(rng.choice(LETTERS) for _ in range(rng.choice((1, 2, 3, 4, 5, 6, 7, 9, 14))))


def generate(rng: random.Random) -> dict:
    words = [word(rng) for _ in range(rng.choice((1, 2, 3, 4, 5, 6, 8, 12)))]
    tidy = len(" ".join(words))
    title = rng.choice(("", "", " ", "\n"))
    for text in words:
        title += text + rng.choice(SPACES)
    if rng.random() < 0.4:
        title = title.strip()
    choice = rng.random()
    if choice < 0.08:
        limit = rng.randint(-2, 3)
    elif choice < 0.3:
        limit = max(4, tidy + rng.randint(-1, 1))
    else:
        limit = rng.randint(4, max(6, tidy + 3))
    return {"kind": "call", "function": "shorten", "args": [title, limit]}
