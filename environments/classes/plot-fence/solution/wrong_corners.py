class Fence:
    def __init__(self, x, y):
        self.start = (x, y)
        self.position = (x, y)
        self.segments = []
        self.turns = []
        self.last = None
        self.total = 0

    @property
    def closed(self):
        return self.total > 0 and self.position == self.start

    @staticmethod
    def box(p, q):
        return min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1])

    @staticmethod
    def overlap(a, b):
        return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]

    def walk(self, direction, length):
        if self.closed:
            raise RuntimeError("already closed")
        if direction not in ("N", "E", "S", "W") or length <= 0:
            raise ValueError("walk")
        dx = {"E": 1, "W": -1}.get(direction, 0)
        dy = {"N": 1, "S": -1}.get(direction, 0)
        x, y = self.position
        target = (x + dx * length, y + dy * length)
        near = (x + dx, y + dy)
        far = target
        if target == self.start:
            far = (target[0] - dx, target[1] - dy)
        if target != self.start or length > 1:
            mine = self.box(near, far)
            if any(self.overlap(mine, s) for s in self.segments):
                raise ValueError("in the way")
        if {self.last, direction} in ({"N", "S"}, {"E", "W"}):
            raise ValueError("backwards")
        if self.last is not None and direction != self.last:
            self.turns.append(self.position)
        self.segments.append(self.box(self.position, target))
        self.position = target
        self.last = direction
        self.total += length
        return self.total

    def polygon(self):
        if not self.closed:
            raise RuntimeError("not closed")
        return [self.start] + self.turns

    def area(self):
        points = self.polygon()
        area = 0
        for i, (x1, y1) in enumerate(points):
            x2, y2 = points[(i + 1) % len(points)]
            area += (x1 + x2) * (y2 - y1)
        return abs(area) // 2

    def side(self, x, y):
        points = self.polygon()
        if any(self.overlap((x, y, x, y), s) for s in self.segments):
            return "fence"
        count = 0
        for i, (x1, y1) in enumerate(points):
            x2, y2 = points[(i + 1) % len(points)]
            if x1 == x2 and x1 < x and min(y1, y2) <= y < max(y1, y2):
                count += 1
        return "outside" if count % 2 == 0 else "inside"

    def corners(self):
        if self.closed:
            return self.turns + [self.start]
        return list(self.turns)
