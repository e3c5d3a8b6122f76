from fractions import Fraction
from itertools import product

OFFSETS = [
    ("ne", lambda x, w: x + 1, 1),
    ("se", lambda x, w: x + 1, -3),
    ("nw", lambda x, w: x - 1 - w, 1),
    ("sw", lambda x, w: x - 1 - w, -3),
    ("n", lambda x, w: x - w // 2, 1),
    ("s", lambda x, w: x - w // 2, -3),
]


class Map:
    def __init__(self, size, points, roads):
        self.width, self.height = size
        self.points, self.roads = points, roads
        self.labels = []

    def inside(self, label):
        x0, y0, x1, y1 = label
        return 0 <= x0 and 0 <= y0 and x1 <= self.width and y1 <= self.height

    def crosses(self, road, label):
        ax, ay, bx, by = road
        lo, hi = Fraction(0), Fraction(1)
        for a, b, low, high in ((ax, bx, label[0], label[2]), (ay, by, label[1], label[3])):
            d = b - a
            if d == 0:
                if not low < a < high:
                    return False
                continue
            t0, t1 = sorted((Fraction(low - a, d), Fraction(high - a, d)))
            lo, hi = max(lo, t0), min(hi, t1)
        return lo < hi or (ax, ay) == (bx, by)

    def free(self, label):
        x0, y0, x1, y1 = label
        if not self.inside(label):
            return False
        if any(x0 < o[2] and o[0] < x1 and y0 < o[3] and o[1] < y1 for o in self.labels):
            return False
        if any(x0 < p[1] < x1 and y0 < p[2] < y1 for p in self.points):
            return False
        return not any(self.crosses(road, label) for road in self.roads)

    def place(self, point):
        name, x, y, rank = point
        if rank == 0:
            return None
        texts = [name, name[:3] + "."] if len(name) > 4 else [name]
        for text, (where, left, up) in product(texts, OFFSETS):
            x0, y0 = left(x, len(text)), y + up
            label = (x0, y0, x0 + len(text), y0 + 2)
            if self.free(label):
                self.labels.append(label)
                return text, where
        return None


def place_labels(size, points, roads):
    for name, x, y, rank in points:
        if not name or rank < 0 or not 0 <= x <= size[0] or not 0 <= y <= size[1]:
            raise ValueError("bad point")
    if len(set((p[1], p[2]) for p in points)) != len(points):
        raise ValueError("same place")
    the_map = Map(size, points, roads)
    result = {}
    for index in sorted(range(len(points)), key=lambda i: (-points[i][3], points[i][0])):
        result[index] = the_map.place(points[index])
    return [result[i] for i in range(len(points))]
