import random


def generate(rng: random.Random) -> dict:
    size = rng.choice((4, 12, 60))
    gap = rng.choice((1, 2, 3, 5, 7, 20))
    x, y = rng.randint(-size, size), rng.randint(-size, size)
    corners = [[x, y]]
    for _ in range(rng.choice((1, 2, 3, 4, 6, 9))):
        step = rng.choice((-1, 1)) * rng.choice((rng.randint(1, size), gap * rng.randint(1, 3)))
        if rng.random() < 0.5:
            x += step
        else:
            y += step
        corners.append([x, y])
    if rng.random() < 0.5:
        # Close the fence, along one axis and then along the other.
        first = corners[0]
        if x != first[0]:
            corners.append([first[0], y])
        if y != first[1]:
            corners.append([first[0], first[1]])
    return {"kind": "call", "function": "posts", "args": [corners, gap], "mutates": True}
