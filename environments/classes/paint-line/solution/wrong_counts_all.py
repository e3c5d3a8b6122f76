from bisect import bisect_right


class Line:
    """Keeps the places where the colour changes."""

    def __init__(self, length):
        if length < 0:
            raise ValueError("length")
        self.length = length
        self.places = [0]
        self.colours = [None]

    def _at(self, cell):
        return self.colours[bisect_right(self.places, cell) - 1]

    def _pieces(self, start, end):
        pieces = []
        for i, place in enumerate(self.places):
            stop = self.places[i + 1] if i + 1 < len(self.places) else self.length
            a, b = max(place, start), min(stop, end)
            if a < b:
                pieces.append((a, b, self.colours[i]))
        return pieces

    def _rebuild(self, pieces):
        self.places, self.colours = [0], [None]
        position = 0
        for a, b, colour in pieces:
            if position == 0:
                self.colours[0] = colour
            elif colour != self.colours[-1]:
                self.places.append(position)
                self.colours.append(colour)
            position += b - a
        self.length = position

    def _replace(self, start, end, middle):
        pieces = self._pieces(0, start) + middle + self._pieces(end, self.length)
        self._rebuild(pieces)

    def _check(self, start, end):
        if not 0 <= start <= end <= self.length:
            raise IndexError("range")

    def paint(self, start, end, colour):
        self._check(start, end)
        if start < end:
            self._replace(start, end, [(start, end, colour)])
        return end - start

    def wipe(self, start, end):
        self._check(start, end)
        painted = sum(b - a for a, b, c in self._pieces(start, end) if c is not None)
        if start < end:
            self._replace(start, end, [(start, end, None)])
        return painted

    def cut(self, start, end):
        self._check(start, end)
        self._replace(start, end, [])
        return self.length

    def insert(self, at, count):
        self._check(at, at)
        if count < 0:
            raise ValueError("count")
        self._replace(at, at, [(0, count, None)] if count else [])
        return self.length

    def colour(self, at):
        if not 0 <= at < self.length:
            raise IndexError("cell")
        return self._at(at)

    def runs(self):
        return [p for p in self._pieces(0, self.length) if p[2] is not None]
