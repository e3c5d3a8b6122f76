import random

NAMES = (
    "arm",
    "bolt",
    "cart",
    "disk",
    "end",
    "frame",
    "gear",
    "hook",
    "iron",
    "jack",
    "key",
    "lamp",
)


def record(rng: random.Random, earlier: list[str], later: list[str]) -> dict:
    made: dict = {}
    needs = rng.sample(earlier, min(len(earlier), rng.choice((0, 1, 1, 1, 2))))
    entries = []
    for name in needs:
        if rng.random() < 0.2:
            others = ("brass", "glue", *earlier)
            name = "|".join(rng.sample(("brass", "glue", name, rng.choice(others)), 3) + [name])
        entries.append(name)
    if entries or rng.random() < 0.3:
        made["needs"] = entries
    if rng.random() < 0.25:
        made["after"] = [rng.choice([*earlier, "brass"])]
        if later and rng.random() < 0.15:
            made["after"].append(rng.choice(later))
    if rng.random() < 0.4:
        made["heavy"] = rng.random() < 0.9
    return made


def generate(rng: random.Random) -> dict:
    names = list(NAMES[: rng.choice((8, 9, 10, 11, 12, 12))])
    rng.shuffle(names)
    parts: dict = {}
    for at, name in enumerate(names):
        # Several chains side by side, so that parts of different weight are ready at once.
        earlier = names[max(0, at - 5) : max(0, at - 2)]
        later = names[at + 1 :] if rng.random() < 0.2 else []
        parts[name] = record(rng, earlier, later)
    rows = list(parts.items())
    rng.shuffle(rows)
    goals = rng.sample(names, rng.choice((2, 4, 6, 8, 8)))
    if rng.random() < 0.03:
        goals.append("brass")
    heavy = any(part.get("heavy") for part in parts.values())
    width = rng.choice((1, 2, 2, 2, 3, 3))
    if width == 1 and heavy and rng.random() < 0.9:
        width = 2
    if rng.random() < 0.02:
        width = 0
    args = [dict(rows), goals, width]
    return {"kind": "call", "function": "build_waves", "args": args, "mutates": True}
