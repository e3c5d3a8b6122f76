LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Game:
    def __init__(self, columns, height):
        self.grid = [list(c) for c in columns]
        self.height = height
        self.points = 0

    def at(self, x, y):
        if 0 <= x < len(self.grid) and 0 <= y < len(self.grid[x]):
            return self.grid[x][y]
        return None

    def group(self, x, y, seen):
        letter = self.grid[x][y]
        stack, found = [(x, y)], []
        while stack:
            cell = stack.pop()
            if cell in seen or self.at(*cell) not in (letter, "*"):
                continue
            seen.add(cell)
            found.append(cell)
            cx, cy = cell
            stack += [(cx + 1, cy), (cx - 1, cy), (cx, cy + 1), (cx, cy - 1)]
        return found

    def round(self, factor):
        seen, dead = set(), set()
        for x in range(len(self.grid)):
            for y in range(len(self.grid[x])):
                if (x, y) not in seen and self.grid[x][y] in LETTERS:
                    cells = self.group(x, y, seen)
                    if len(cells) >= 3:
                        dead.update(cells)
        if not dead:
            return False
        self.points += factor * len(dead)
        stones = set()
        for x, y in dead:
            for near in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                if self.at(*near) == "#":
                    stones.add(near)
        for x, column in enumerate(self.grid):
            self.grid[x] = [g for y, g in enumerate(column) if (x, y) not in dead | stones]
        return True

    def drop(self, x, gem):
        if x < 0 or x >= len(self.grid):
            raise IndexError("no such column")
        if len(gem) != 1 or gem not in LETTERS + "*#":
            raise ValueError("no such gem")
        self.grid[x].append(gem)
        factor = 1
        while self.round(factor):
            factor += 1
        return max(len(c) for c in self.grid) <= self.height


def play(columns, moves, height):
    game = Game(columns, height)
    made = 0
    for x, gem in moves:
        made += 1
        if not game.drop(x, gem):
            break
    return ["".join(c) for c in game.grid], game.points, made
