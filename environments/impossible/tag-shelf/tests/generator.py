import random

NAMES = ("cup", "jug", "pan", "Bowl", "a", "tin", "")
TAGS = ("big", "red", "Red", "blue", "old", "")


def generate(rng: random.Random) -> dict:
    steps = [{"new": "Shelf", "as": "s", "args": []}]
    tags = TAGS[: rng.choice((3, 4, 6))]
    known: list[str] = []

    def some() -> list[str]:
        return [rng.choice(tags) for _ in range(rng.choice((0, 1, 1, 2, 2, 3)))]

    for _ in range(rng.choice((4, 6, 9, 14, 20))):
        method = rng.choice(("tag", "tag", "tag", "find", "find", "untag", "remove"))
        name = rng.choice(known or NAMES)
        if rng.random() < 0.06:
            name = rng.choice(NAMES)
        if method == "tag":
            name = rng.choice(NAMES)
            known = [*dict.fromkeys([*known, name])]
            arguments = [name, some()]
        elif method == "find":
            arguments = [some()]
        elif method == "untag":
            arguments = [name, rng.choice(tags)]
        else:
            known = [each for each in known if each != name]
            arguments = [name]
        steps.append({"on": "s", "method": method, "args": arguments, "ask": True})
    steps.append({"on": "s", "method": "find", "args": [[]], "ask": True})
    return {"kind": "sequence", "steps": steps}
