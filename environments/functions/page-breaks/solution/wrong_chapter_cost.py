INFINITY = float("inf")


class Layout:
    def __init__(self, blocks, height):
        self.blocks = blocks
        self.height = height
        self.starts = [0]
        for _, lines in blocks:
            self.starts.append(self.starts[-1] + lines)
        self.total = self.starts[-1]

    def block_at(self, line):
        for b in range(len(self.blocks)):
            if self.starts[b] <= line < self.starts[b + 1]:
                return b

    def page(self, a, z):
        """page holding lines a..z-1 of the whole text, or None"""
        parts = []
        line = a
        while line < z:
            b = self.block_at(line)
            end = min(z, self.starts[b + 1])
            parts.append((b, end - line))
            line = end
        used = sum(n for _, n in parts) + len(parts) - 1
        if used > self.height:
            return None
        for position, (b, count) in enumerate(parts):
            kind, lines = self.blocks[b]
            if count < lines and (kind != "text" or count < 2):
                return None
            if kind == "chapter" and position > 0:
                return None
            if kind in ("head", "chapter") and position == len(parts) - 1 and z < self.total:
                return None
        return parts, self.height - used

    def solve(self):
        best = [(INFINITY, INFINITY, ())] * (self.total + 1)
        pages = [None] * (self.total + 1)
        best[self.total] = (0, 0, ())
        pages[self.total] = []
        for a in range(self.total - 1, -1, -1):
            for z in range(a + 1, min(self.total, a + self.height) + 1):
                if pages[z] is None:
                    continue
                made = self.page(a, z)
                if made is None:
                    continue
                parts, free = made
                cost = 0 if z == self.total else free**2
                value = (best[z][0] + cost, best[z][1] + 1, (free,) + best[z][2])
                if value < best[a]:
                    best[a] = value
                    pages[a] = [parts] + pages[z]
        return pages[0]


def break_pages(blocks, height):
    if height < 1 or any(lines < 1 for _, lines in blocks):
        raise ValueError("sizes must be positive")
    if any(kind not in ("text", "table", "head", "chapter") for kind, _ in blocks):
        raise ValueError("unknown kind")
    return Layout(blocks, height).solve()
