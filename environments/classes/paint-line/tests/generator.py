import random

COLOURS = ("red", "red", "red", "blue")


def generate(rng: random.Random) -> dict:
    unit = rng.choice((1, 1, 1, 10**6, 10**12))
    length = rng.randint(6, 20)
    steps: list[dict] = [{"new": "Line", "as": "n", "args": [length * unit]}]
    methods = ("paint", "paint", "paint", "paint", "wipe", "cut", "cut", "insert", "colour", "runs")
    for _ in range(rng.randint(8, 15)):
        method = rng.choice(methods)
        start, end = sorted((rng.randint(0, length), rng.randint(0, length)))
        if rng.random() < 0.02:
            end = length + 1
        arguments: list = [start * unit, end * unit]
        if method == "paint":
            arguments.append(rng.choice(COLOURS))
        elif method == "cut":
            end = min(end, start + 5)
            arguments[1] = end * unit
            length -= end - start if end <= length else 0
        elif method == "insert":
            count = rng.choice((0, 1, 2, 3, 3, -1))
            arguments[1] = count * unit
            length += max(0, count)
        elif method == "colour":
            arguments.pop()
        elif method == "runs":
            arguments = []
        steps.append({"on": "n", "method": method, "args": arguments, "ask": True})
        if method == "cut":
            steps.append({"on": "n", "method": "runs", "args": [], "ask": True})
    steps.append({"on": "n", "method": "runs", "args": [], "ask": True})
    steps.append({"on": "n", "attribute": "length", "ask": True})
    return {"kind": "sequence", "steps": steps}
