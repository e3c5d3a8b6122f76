import random

WORDS = (
    "a",
    "of",
    "the",
    "boat",
    "well-known",
    "--x",
    "harbour",
    "paint",
    "rope,",
    "unquestionably",
    "-",
    "4",
    "up-to-date",
    "is",
    "go",
)


def generate(rng: random.Random) -> dict:
    lines = []
    level = 0
    for _ in range(rng.choice((3, 5, 8, 14))):
        level = rng.randint(max(1, level - 2), level + 1)
        words = [rng.choice(WORDS) for _ in range(rng.choice((0, 1, 2, 3, 5, 8, 12)))]
        if rng.random() < 0.02:
            level += 1
        lines.append(" ".join(["-" * level, *words]))
        if rng.random() < 0.2:
            more = " ".join(rng.choice(WORDS[:10]) for _ in range(rng.randint(1, 5)))
            lines.append(f"   {more}")
        if rng.random() < 0.1:
            lines.append("")
    arguments = rng.choice(([], [str(rng.randint(8, 30))], [str(rng.randint(8, 30))]))
    if rng.random() < 0.02:
        arguments = rng.choice((["0"], ["-5"], ["20", "30"]))
    return {"kind": "program", "args": arguments, "stdin": "\n".join(lines) + "\n"}
