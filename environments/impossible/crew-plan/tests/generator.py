import random

NAMES = ("dig", "pour", "wall-1", "wall-2", "roof", "paint", "door", "tiles", "a", "b7", "sign")
BAD = ("job x 0 1", "crews 0", "crews 2", "pause 3 3", "job x 1 1 team=0", "job x 1", "job X 1 1")


def job(rng: random.Random, name: str, earlier: list[str], crews: int, longest: int) -> str:
    options = []
    if earlier and rng.random() < 0.4:
        options.append(
            "after=" + ",".join(rng.sample(earlier, rng.randint(1, min(2, len(earlier)))))
        )
    if rng.random() < 0.2:
        options.append(f"from={rng.randint(0, 8)}")
    if rng.random() < 0.45:
        options.append(f"team={rng.randint(1, crews)}")
    rng.shuffle(options)
    return " ".join(["job", name, str(rng.randint(1, longest)), str(rng.randint(0, 2)), *options])


def generate(rng: random.Random) -> dict:
    crews = rng.choice((1, 2, 2, 3, 3, 4))
    names = list(NAMES)
    rng.shuffle(names)
    names = names[: rng.choice((2, 3, 5, 7, 11))]
    longest = rng.choice((2, 5, 9))
    lines = [job(rng, name, names[:at], crews, longest) for at, name in enumerate(names)]
    for _ in range(rng.choice((0, 0, 1, 2))):
        start = rng.randint(0, 9)
        lines.append(f"pause {start} {start + rng.randint(1, 5)}")
    lines.append(f"crews {crews}")
    rng.shuffle(lines)
    roll = rng.random()
    if roll < 0.06:
        lines.insert(rng.randint(0, len(lines)), rng.choice(BAD))
    elif roll < 0.12:
        extra = ("job x 1 1 after=none", f"job x 1 1 team={crews + 1}", "job x 1 1 after=x")
        lines.append(rng.choice(extra))
    elif roll < 0.2:
        lines.insert(rng.randint(0, len(lines)), rng.choice(("", "  ")))
    return {"kind": "program", "args": [], "stdin": "".join(f"{line}\n" for line in lines)}
