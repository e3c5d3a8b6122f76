DIRECTIONS = {"N": (0, 1), "S": (0, -1), "E": (1, 0), "W": (-1, 0)}


class Fence:
    def __init__(self, x, y):
        self.points = [(x, y)]
        self.moves = []
        self.closed = False

    def crosses(self, a, b, c, d):
        """do the segments a-b and c-d cross or overlap?"""
        ax, bx = sorted((a[0], b[0]))
        ay, by = sorted((a[1], b[1]))
        cx, dx = sorted((c[0], d[0]))
        cy, dy = sorted((c[1], d[1]))
        if ay == by and cy == dy:
            return ay == cy and max(ax, cx) < min(bx, dx)
        if ax == bx and cx == dx:
            return ax == cx and max(ay, cy) < min(by, dy)
        if ay == by:
            return ax < cx < bx and cy < ay < dy
        return cx < ax < dx and ay < cy < by

    def walk(self, direction, length):
        if self.closed:
            raise RuntimeError("closed")
        if direction not in DIRECTIONS or length < 1:
            raise ValueError("bad move")
        dx, dy = DIRECTIONS[direction]
        x, y = self.points[-1]
        new = (x + dx * length, y + dy * length)
        for c, d in zip(self.points, self.points[1:]):
            if self.crosses((x, y), new, c, d):
                raise ValueError("the fence would cross itself")
        if new in self.points[1:]:
            raise ValueError("occupied")
        self.points.append(new)
        self.moves.append((direction, length))
        if new == self.points[0]:
            self.closed = True
        return sum(n for _, n in self.moves)

    def require_closed(self):
        if not self.closed:
            raise RuntimeError("open")

    def area(self):
        self.require_closed()
        total = 0
        for (x1, y1), (x2, y2) in zip(self.points, self.points[1:]):
            total += x1 * y2 - x2 * y1
        return abs(total) // 2

    def side(self, x, y):
        self.require_closed()
        inside = False
        for (x1, y1), (x2, y2) in zip(self.points, self.points[1:]):
            if min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
                return "fence"
            if (y1 <= y) != (y2 <= y) and x1 > x:
                inside = not inside
        return "inside" if inside else "outside"

    def corners(self):
        result = []
        for i in range(1, len(self.moves)):
            if self.moves[i][0] != self.moves[i - 1][0]:
                result.append(self.points[i])
        if self.closed and self.moves[0][0] != self.moves[-1][0]:
            result.append(self.points[0])
        return result
