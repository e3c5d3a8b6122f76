import random

COLOURS = ("red", "blue", "red", "ochre")


def generate(rng: random.Random) -> dict:
    length = rng.choice((8, 10, 12, 20, 10**12))
    scale = length // 10 or 1
    steps = [{"new": "Strip", "as": "s", "args": [length]}]

    def do(method: str, *args: object) -> None:
        steps.append({"on": "s", "method": method, "args": list(args), "ask": True})

    def place() -> int:
        return min(length, rng.randint(0, 10) * scale + (rng.random() < 0.2))

    for _ in range(rng.choice((3, 5, 8, 12))):
        start, end = sorted((place(), place()))
        method = rng.choice(
            ("paint", "paint", "paint", "clear", "shift", "shift", "colour_at", "count")
        )
        if rng.random() < 0.02:
            do(*rng.choice((("paint", 5, 4, ""), ("clear", 0, length + 1), ("paint", 1, 2, ""))))
        elif method == "paint":
            do("paint", start, end, rng.choice(COLOURS))
        elif method == "clear":
            do("clear", start, end)
        elif method == "shift":
            do("shift", rng.choice((-5, -3, -2, -1, 0, 1, 3, 11)) * scale)
        elif method == "colour_at":
            do("colour_at", min(length - 1, max(0, start - rng.choice((0, 1)))))
        else:
            do("count", rng.choice(COLOURS))
        if rng.random() < 0.4:
            do("spans")
    do("spans")
    for _ in range(3):
        do("colour_at", min(place(), length - 1))
    return {"kind": "sequence", "steps": steps}
