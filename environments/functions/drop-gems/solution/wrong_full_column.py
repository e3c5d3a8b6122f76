def neighbours(x, y):
    return [(x + dx, y + dy) for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0))]


def find_groups(cells):
    result = []
    for letter in {g for g in cells.values() if g.isalpha()}:
        usable = {c for c, g in cells.items() if g == letter or g == "*"}
        done = set()
        for c in usable:
            if c in done:
                continue
            group, todo = {c}, [c]
            while todo:
                for n in neighbours(*todo.pop()):
                    if n in usable and n not in group:
                        group.add(n)
                        todo.append(n)
            done |= group
            if len(group) >= 3 and letter in [cells[g] for g in group]:
                result.append(group)
    return result


def play(columns, moves, height):
    columns = columns[:]
    points = 0
    made = 0
    for column, gem in moves:
        if column < 0 or column >= len(columns):
            raise IndexError(column)
        if len(gem) != 1 or not (gem in "*#" or "A" <= gem <= "Z"):
            raise ValueError(gem)
        made += 1
        columns[column] += gem
        lost = len(columns[column]) > height
        step = 1
        while True:
            cells = {(x, y): g for x, c in enumerate(columns) for y, g in enumerate(c)}
            gone = set()
            for group in find_groups(cells):
                gone |= group
            if not gone:
                break
            points += step * len(gone)
            step += 1
            for c in list(gone):
                gone.update(n for n in neighbours(*c) if cells.get(n) == "#")
            columns = [
                "".join(g for y, g in enumerate(c) if (x, y) not in gone)
                for x, c in enumerate(columns)
            ]
        if lost:
            break
    return columns, points, made
