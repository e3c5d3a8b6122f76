import random

BACK = {"N": "S", "S": "N", "E": "W", "W": "E"}


def outline(rng: random.Random) -> list[tuple[str, int]]:
    """A closed way around a skyline: east along the bottom, back over towers of some height."""
    widths = [rng.randint(1, 4) for _ in range(rng.randint(1, 4))]
    heights = [rng.randint(1, 6) for _ in widths]
    pieces = [("E", sum(widths)), ("N", heights[-1])]
    for at in range(len(widths) - 1, 0, -1):
        pieces.append(("W", widths[at]))
        rise = heights[at - 1] - heights[at]
        if rise:
            pieces.append(("N" if rise > 0 else "S", abs(rise)))
    pieces += [("W", widths[0]), ("S", heights[0])]
    return pieces


def generate(rng: random.Random) -> dict:
    pieces = outline(rng)
    if rng.random() < 0.5:
        turned = dict(zip("NESW", rng.choice(("ESWN", "SWNE", "WNES", "SENW")), strict=True))
        pieces = [(turned[direction], length) for direction, length in pieces]
    # Begin anywhere, also in the middle of a piece.
    at = rng.randrange(len(pieces))
    pieces = pieces[at:] + pieces[:at]
    direction, length = pieces[0]
    if length > 1 and rng.random() < 0.5:
        part = rng.randint(1, length - 1)
        pieces = [(direction, part), *pieces[1:], (direction, length - part)]
    x, y = rng.randint(-5, 5), rng.randint(-5, 5)
    unit = rng.choice((1, 1, 1, 10**6))
    steps: list[dict] = [{"new": "Fence", "as": "f", "args": [x * unit, y * unit]}]

    def call(method: str, *arguments: object) -> None:
        steps.append({"on": "f", "method": method, "args": list(arguments), "ask": True})

    before = ""
    for direction, length in pieces:
        roll = rng.random()
        if roll < 0.08 and before:
            call("walk", BACK[before], unit)
        elif roll < 0.11:
            call("walk", direction, (length + rng.randint(1, 3)) * unit)
        elif roll < 0.16 and length > 2:
            call("walk", direction, unit)
            length -= 1
        elif roll < 0.25:
            call("corners")
        elif roll < 0.27:
            call("walk", rng.choice("nX"), length * unit)
        call("walk", direction, length * unit)
        before = direction
    if rng.random() < 0.3:
        # Too far, or as it should be, over the end of the plan.
        *kept, done = steps
        steps = [*kept, {**done, "args": [done["args"][0], done["args"][1] + unit]}, done]
    steps.append({"on": "f", "attribute": "closed", "ask": True})
    call("corners")
    call("area")
    for _ in range(5):
        call("side", (x + rng.randint(-6, 6)) * unit, (y + rng.randint(-6, 6)) * unit)
    return {"kind": "sequence", "steps": steps}
