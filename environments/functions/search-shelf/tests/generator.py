import random
import re

WORDS = ("sea", "seabirds", "the", "old", "maps", "of", "map", "or", "7", "deep")
TAGS = ("novel", "atlas", "Old maps", "sea", "OLD", "7")


def title(rng: random.Random) -> str:
    chosen = [rng.choice(WORDS) for _ in range(rng.choice((1, 2, 3, 4, 5)))]
    chosen = [word.capitalize() if rng.random() < 0.4 else word for word in chosen]
    return "".join(word + rng.choice((" ", " ", ", ", " - ", "'")) for word in chosen).rstrip()


def quote(rng: random.Random, titles: list[str]) -> str:
    """Some words of a title as quoted text, mostly with other characters between them."""
    found = re.findall("[A-Za-z0-9]+", rng.choice(titles))
    start = rng.randrange(len(found))
    chosen = found[start : start + rng.choice((1, 2, 2, 3))]
    if rng.random() < 0.25:
        chosen[-1] = chosen[-1][:-1] or chosen[-1]
    return '"' + rng.choice((" ", " ", ", ", " - ")).join(chosen) + rng.choice(("", "", "!")) + '"'


def term(rng: random.Random, titles: list[str]) -> str:
    kind = rng.choice(("word", "word", "part", "quote", "quote", "quote", "tag", "year"))
    word = rng.choice(WORDS)
    if kind == "word":
        return rng.choice((word, word.upper() if word != "or" else "Or", "horse"))
    if kind == "part":
        return rng.choice(("sea*", "ma*", "o*", "T*", "or*", word + "*"))
    if kind == "quote":
        return quote(rng, titles)
    if kind == "tag":
        return rng.choice(
            ("tag:novel", "TAG:Atlas", 'tag:"old maps"', "tag:old", 'tag:"sea"', 'tag:""')
        )
    first, last = rng.choice((1950, 1978, 2000)), rng.choice((1978, 1990, 2001))
    return rng.choice(
        (
            f"year:{first}",
            f"year:{first}..",
            f"Year:..{last}",
            f"year:..{last}",
            f"year:{first}..{last}",
        )
    )


def query(rng: random.Random, titles: list[str], depth: int) -> str:
    sides = []
    for _ in range(rng.choice((1, 2, 2, 3))):
        parts = []
        for _ in range(rng.choice((1, 1, 2))):
            part = (
                f"({query(rng, titles, depth - 1)})"
                if depth and rng.random() < 0.3
                else term(rng, titles)
            )
            parts.append(("-" if rng.random() < 0.25 else "") + part)
        sides.append(" ".join(parts))
    return " OR ".join(sides)


def generate(rng: random.Random) -> dict:
    books = [
        {
            "title": title(rng),
            "tags": rng.sample(TAGS, rng.choice((0, 1, 1, 2))),
            "year": rng.choice((None, 1949, 1950, 1978, 1990, 1991, 2000, 2001)),
        }
        for _ in range(rng.choice((5, 6, 8)))
    ]
    text = query(rng, [book["title"] for book in books], 2)
    if rng.random() < 0.2:
        text = text.replace(" (", "(").replace(") ", ")").replace(" ", "  ")
    if rng.random() < 0.05:
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(("(", ")", '"', "-", " OR ", "..")) + text[at:]
    return {"kind": "call", "function": "search", "args": [books, text]}
