import random

TERMS = (
    "end",
    "mon",
    "fri",
    "sat",
    "wed",
    "@1",
    "@15",
    "@31",
    "@30",
    "@29",
    "+0o",
    "+1o",
    "+3o",
    "+10o",
)
DAYS = (
    "12-25",
    "12-26",
    "01-01",
    "05-01",
    "02-29",
    "10-03",
    "2025-04-21",
    "2025-04-18",
    "2024-05-09",
)
FAULTS = (
    "gas 2025-02-29 end",
    "closed 13-01",
    "Gas 2025-01-01 end",
    "gas 2025-01-01",
    "gas 2025-01-01 @32",
    "closed",
)


def term(rng: random.Random) -> str:
    return rng.choice(
        (
            rng.choice(TERMS),
            rng.choice(TERMS),
            f"+{rng.choice((0, 7, 10, 14, 30, 90, rng.randint(1, 400)))}d",
            f"+{rng.choice((1, 1, 2, 6, 12, 13))}m",
        )
    )


def day(rng: random.Random) -> str:
    year, month = rng.choice((2023, 2024, 2024, 2025)), rng.choice((1, 2, 4, 5, 9, 12))
    number = rng.choice(
        (1, 15, 28, rng.randint(1, 28), 30 if month != 2 else 29 if year == 2024 else 28)
    )
    return f"{year}-{month:02d}-{number:02d}"


def generate(rng: random.Random) -> dict:
    lines = [f"closed {each}" for each in rng.sample(DAYS, rng.randint(0, 5))]
    for _ in range(rng.choice((2, 3, 5, 8))):
        name = rng.choice(("rent", "gas", "desk", "phone", "b2"))
        terms = [term(rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 4)))]
        lines.append(" ".join([name, day(rng), *terms]))
    if rng.random() < 0.1:
        lines.append(rng.choice(FAULTS))
    rng.shuffle(lines)
    arguments = []
    if rng.random() < 0.7:
        arguments += ["--rule", rng.choice(("next", "prior", "month", "near"))]
    if rng.random() < 0.4:
        arguments += ["--today", day(rng)]
    if rng.random() < 0.02:
        arguments = rng.choice((["--rule"], ["--rule", "last"], ["--today", "2025-06-31"]))
    return {"kind": "program", "args": arguments, "stdin": "\n".join(lines) + "\n"}
