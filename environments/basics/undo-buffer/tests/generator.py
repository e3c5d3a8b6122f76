import random

PIECES = ("", "a", "or", " and ", "xyz", "-", "Żółw", "\n")


def generate(rng: random.Random) -> dict:
    start = rng.choice(("", "plan", "a long line of text", "ab"))
    steps = [{"new": "TextBuffer", "as": "b", "args": [start] if start else []}]
    length = len(start)
    for _ in range(rng.choice((2, 4, 6, 9, 14))):
        method = rng.choice(("insert", "insert", "delete", "undo", "undo", "redo"))
        arguments = []
        if method in ("insert", "delete"):
            position = rng.randint(0, length)
            if rng.random() < 0.05:
                position = rng.choice((-1, length + 30))
            if method == "insert":
                piece = rng.choice(PIECES)
                length += len(piece)
                arguments = [position, piece]
            else:
                count = rng.choice((0, 1, 2, 3, 5, -1))
                length = max(0, length - max(0, count))
                arguments = [position, count]
        steps.append({"on": "b", "method": method, "args": arguments, "ask": True})
    steps.append({"on": "b", "attribute": "text", "ask": True})
    return {"kind": "sequence", "steps": steps}
