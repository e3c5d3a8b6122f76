class Line:
    def __init__(self, length):
        if length < 0:
            raise ValueError(length)
        self.length = length
        self.parts = []

    def check(self, start, end):
        if start < 0 or end < start or end > self.length:
            raise IndexError((start, end))

    def clear(self, start, end):
        """remove paint between start and end, return the removed parts"""
        removed, kept = [], []
        for a, b, c in self.parts:
            if b <= start or a >= end:
                kept.append((a, b, c))
                continue
            if a < start:
                kept.append((a, start, c))
            if b > end:
                kept.append((end, b, c))
            removed.append((max(a, start), min(b, end), c))
        self.parts = sorted(kept)
        return removed

    def paint(self, start, end, colour):
        self.check(start, end)
        if start == end:
            return 0
        removed = self.clear(start, end)
        same = sum(b - a for a, b, c in removed if c == colour)
        new_start, new_end = start, end
        for part in list(self.parts):
            a, b, c = part
            if c == colour and b == start:
                new_start = a
                self.parts.remove(part)
            if c == colour and a == end:
                new_end = b
                self.parts.remove(part)
        self.parts.append((new_start, new_end, colour))
        self.parts.sort()
        return end - start - same

    def wipe(self, start, end):
        self.check(start, end)
        if start == end:
            return 0
        return sum(b - a for a, b, c in self.clear(start, end))

    def cut(self, start, end):
        self.check(start, end)
        size = end - start
        if size:
            self.clear(start, end)
            self.parts = [(a - size, b - size, c) if a >= end else (a, b, c) for a, b, c in self.parts]
            self.length -= size
        return self.length

    def insert(self, at, count):
        self.check(at, at)
        if count < 0:
            raise ValueError(count)
        parts = []
        for a, b, c in self.parts:
            if b <= at:
                parts.append((a, b, c))
            elif a >= at:
                parts.append((a + count, b + count, c))
            elif count:
                parts += [(a, at, c), (at + count, b + count, c)]
            else:
                parts.append((a, b, c))
        self.parts = parts
        self.length += count
        return self.length

    def colour(self, at):
        if at < 0 or at >= self.length:
            raise IndexError(at)
        for a, b, c in self.parts:
            if a <= at < b:
                return c
        return None

    def runs(self):
        return list(self.parts)
