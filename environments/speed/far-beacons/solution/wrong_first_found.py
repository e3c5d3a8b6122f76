class Extreme:
    """The greatest value seen, and the greatest of another colour."""

    def __init__(self):
        self.top = []

    def add(self, value, colour):
        for i, (other, c) in enumerate(self.top):
            if c == colour:
                self.top[i] = (max(other, value), c)
                break
        else:
            self.top.append((value, colour))
        self.top.sort(reverse=True)
        del self.top[2:]

    def against(self, colour):
        for value, c in self.top:
            if c != colour:
                return value
        return None


def farthest(count, seed, size, colours):
    points = []
    x = seed
    for k in range(1, count + 1):
        draws = []
        for _ in range(3):
            x = (x * 1664525 + 1013904223) % 4294967296
            draws.append(x // 512)
        if draws[2] % 5:
            points.append((k, draws[0] % size, draws[1] % size, draws[2] % colours))
    result = [-1, 0]
    for sx in (1, -1):
        for sy in (1, -1):
            far = Extreme()
            for _, a, b, colour in points:
                far.add(sx * a + sy * b, colour)
            for k, a, b, colour in points:
                other = far.against(colour)
                if other is not None and other - (sx * a + sy * b) > result[0]:
                    result = [other - (sx * a + sy * b), k]
    return result
