import random

STAGES = ("alpha", "beta", "rc")
SIGNS = ("==", "!=", ">=", ">=", ">=", ">", "<", "<=", "^", "^", "~")
MISTAKES = ("", "1.2.0", "=1.2", "^", ">=1.2.3.4", "~1.2-rc.1", "> = 1", "^1.x", "==1.0.0-dev.1")


def number(rng: random.Random) -> int:
    return rng.choice((0, 0, 1, 1, 2, 3, 9, 10, 11, rng.randint(4, 40)))


def version(rng: random.Random, major: int, preview: float) -> str:
    text = f"{major}.{number(rng)}.{number(rng)}"
    if rng.random() < preview:
        text += f"-{rng.choice(STAGES)}.{rng.choice((0, 1, 2, 9, 10, 11))}"
    return text


def clause(rng: random.Random, versions: list[str], preview: float) -> str:
    bound = rng.choice(versions)
    if rng.random() > preview:
        bound = bound.partition("-")[0]
    if "-" not in bound and rng.random() < 0.35:
        bound = bound.rsplit(".", rng.choice((1, 2)))[0]
    return rng.choice(SIGNS) + rng.choice(("", "", " ")) + bound


def generate(rng: random.Random) -> dict:
    preview = rng.choice((0.0, 0.2, 0.6))
    majors = rng.choice(((0,), (0, 1), (0, 1, 2), (1, 2, 10)))
    count = rng.choice((2, 4, 6, 10, 20, 30))
    versions = [version(rng, rng.choice(majors), preview) for _ in range(count)]
    if rng.random() < 0.25:
        # A coming release in several previews of one stage.
        coming = f"{version(rng, majors[-1], 0.0)}-{rng.choice(STAGES)}"
        preview = 1.0
        versions = [f"{coming}.{rng.randint(1, 25)}" for _ in range(4)] + versions[:2]
    versions = list(dict.fromkeys(versions))
    clauses = [clause(rng, versions, preview) for _ in range(rng.choice((1, 1, 1, 2)))]
    if rng.random() < 0.06:
        clauses.append("*")
    if rng.random() < 0.05:
        clauses.append(rng.choice(MISTAKES))
    rng.shuffle(versions)
    wanted = rng.choice((",", ", ")).join(clauses)
    return {"kind": "call", "function": "pick", "args": [versions, wanted]}
