import random


def generate(rng: random.Random) -> dict:
    height, width = rng.choice(((3, 4), (4, 4), (5, 4), (5, 5), (6, 5), (7, 6)))
    colours = "abcd"[: rng.choice((2, 3, 3, 4))]
    grid = [[rng.choice(colours) for _ in range(width)] for _ in range(height)]
    for _ in range(rng.choice((0, 1, 2, 3))):
        grid[rng.randrange(height)][rng.randrange(width)] = rng.choice("##.")
    # A line that one swap makes.
    row, column = rng.randrange(height - 1), rng.randrange(width - 2)
    colour = rng.choice(colours)
    if rng.random() < 0.9:
        for at in range(3):
            grid[row][column + at] = colour
        grid[row][column + 1] = rng.choice(colours)
        grid[row + 1][column + 1] = colour
    move = [[row, column + 1], [row + 1, column + 1]]
    if rng.random() < 0.25:
        # The same board lying on its side.
        grid = [list(line) for line in zip(*grid, strict=True)]
        move = [cell[::-1] for cell in move]
    if rng.random() < 0.03:
        move[0] = rng.choice(([-1, 0], [0, 0], [height + width, 0]))
    rng.shuffle(move)
    return {"kind": "call", "function": "play", "args": [["".join(line) for line in grid], move]}
