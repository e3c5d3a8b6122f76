import random

NAMES = ("Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Ada", "", "ann")


def generate(rng: random.Random) -> dict:
    steps = [{"new": "Course", "as": "c", "args": [rng.choice((0, 1, 1, 2, 2, 3, 4))]}]
    known: list[str] = []
    for _ in range(rng.choice((5, 8, 12, 16, 22))):
        method = rng.choice(("enroll", "enroll", "enroll", "leave", "resize"))
        others = [name for name in NAMES if name not in known]
        if method == "enroll" and others:
            argument = rng.choice(others)
            if known and rng.random() < 0.05:
                argument = rng.choice(known)
            known = [*dict.fromkeys([*known, argument])]
        elif method == "leave" and known:
            argument = rng.choice(known)
            if others and rng.random() < 0.05:
                argument = rng.choice(others)
            known = [name for name in known if name != argument]
        else:
            method, argument = "resize", rng.choice((0, 1, 1, 2, 2, 3, 4, 6) * 4 + (-1,))
        steps.append({"on": "c", "method": method, "args": [argument], "ask": True})
        if rng.random() < 0.25:
            steps.append({"on": "c", "attribute": "waiting", "ask": True})
    steps.append({"on": "c", "attribute": "members", "ask": True})
    steps.append({"on": "c", "attribute": "waiting", "ask": True})
    return {"kind": "sequence", "steps": steps}
