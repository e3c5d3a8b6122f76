import random

CODES = ("north", "south", "east", "west")


def generate(rng: random.Random) -> dict:
    length = rng.choice((1, 2, 3, 4, 5, 7))
    codes = CODES[: rng.choice((1, 1, 2, 2, 3))]
    count = rng.choice((0, 1, 1, 2, 2, 3))
    positions = sorted(rng.sample(range(length), min(length, count)))
    gates = {position: rng.choice(codes) for position in positions}
    room = rng.choice((1, 1, 1, 2))
    steps = [{"new": "Belt", "as": "b", "args": [length, gates, room]}]
    count = 0
    for _ in range(rng.choice((10, 16, 24, 30))):
        method = rng.choice(("load", "load", "load", "tick", "tick", "tick", "tick", "other"))
        arguments: list = []
        if method == "load":
            count += 1
            parcel = f"p{count}" if rng.random() < 0.92 else f"p{rng.randint(1, count)}"
            arguments = [parcel, rng.choice(codes)]
        elif method == "other":
            method = rng.choice(("stop", "start", "start", "take", "slots", "slots"))
        if method == "take":
            arguments = [rng.choice(("tray", *positions))]
            if rng.random() < 0.1:
                arguments = [rng.randint(0, length)]
        steps.append({"on": "b", "method": method, "args": arguments, "ask": True})
    steps.append({"on": "b", "method": "slots", "args": [], "ask": True})
    steps.append({"on": "b", "method": "take", "args": ["tray"], "ask": True})
    steps.append({"on": "b", "attribute": "jams", "ask": True})
    return {"kind": "sequence", "steps": steps}
