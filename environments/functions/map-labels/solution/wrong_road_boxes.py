def rect(place, x, y, w):
    if "e" in place:
        left = x + 1
    elif "w" in place:
        left = x - 1 - w
    else:
        left = x - w // 2
    bottom = y + 1 if "n" in place else y - 3
    return left, bottom, left + w, bottom + 2


def intersects(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def road_hits(road, r):
    x1, x2 = sorted((road[0], road[2]))
    y1, y2 = sorted((road[1], road[3]))
    return x1 < r[2] and x2 > r[0] and y1 < r[3] and y2 > r[1]


def place_labels(size, points, roads):
    seen = set()
    for name, x, y, rank in points:
        if x < 0 or y < 0 or x > size[0] or y > size[1]:
            raise ValueError("outside")
        if (x, y) in seen or name == "" or rank < 0:
            raise ValueError("bad point")
        seen.add((x, y))

    taken = []
    result = [None] * len(points)

    def ok(r):
        if r[0] < 0 or r[1] < 0 or r[2] > size[0] or r[3] > size[1]:
            return False
        for t in taken:
            if intersects(t, r):
                return False
        for px, py in seen:
            if r[0] <= px <= r[2] and r[1] <= py <= r[3]:
                return False
        for road in roads:
            if road_hits(road, r):
                return False
        return True

    order = sorted(enumerate(points), key=lambda item: (-item[1][3], item[1][0]))
    for index, (name, x, y, rank) in order:
        if rank == 0:
            continue
        texts = [name]
        if len(name) > 4:
            texts.append(name[:3] + ".")
        for text in texts:
            for place in ("ne", "se", "nw", "sw", "n", "s"):
                r = rect(place, x, y, len(text))
                if ok(r):
                    taken.append(r)
                    result[index] = (text, place)
                    break
            if result[index]:
                break
    return result
