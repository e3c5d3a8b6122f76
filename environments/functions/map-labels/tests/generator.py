import random

NAMES = (
    "Ash",
    "Barley",
    "Cove",
    "Dunhill",
    "Elm",
    "Fernway",
    "Gate",
    "Harbour",
    "Ivy",
    "Moor",
    "Oak",
)


def generate(rng: random.Random) -> dict:
    width, height = rng.randint(12, 22), rng.randint(8, 14)
    points: list[list] = []
    taken = set()
    for _ in range(rng.randint(3, 7)):
        x, y = rng.randint(0, width), rng.randint(0, height)
        if points and rng.random() < 0.5:
            # Close to another point, where labels are in each other's way.
            x = min(width, max(0, points[-1][1] + rng.randint(-5, 5)))
            y = min(height, max(0, points[-1][2] + rng.randint(-3, 3)))
        if (x, y) not in taken:
            taken.add((x, y))
            points.append([rng.choice(NAMES), x, y, rng.choice((0, 1, 1, 2, 2, 3))])
    roads = []
    for _ in range(rng.randint(0, 3)):
        ends = [rng.randint(-2, width + 2), rng.randint(-2, height + 2)]
        ends += [rng.randint(-2, width + 2), rng.randint(-2, height + 2)]
        if rng.random() < 0.3:
            ends[3] = ends[1]
        roads.append(ends)
    if rng.random() < 0.03:
        points.append(["Farland", width + 1, 0, 1])
    return {"kind": "call", "function": "place_labels", "args": [[width, height], points, roads]}
