class Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def bit(self):
        byte = self.data[self.at // 8] if self.at // 8 < len(self.data) else 0
        bit = (byte >> (7 - self.at % 8)) & 1
        self.at += 1
        return bit

    def field(self, width):
        value = 0
        for _ in range(abs(width)):
            value = value * 2 + self.bit()
        if width < 0 and value > (1 << -width) // 2:
            value -= 1 << -width
        return value


def read_fields(data, widths):
    if not all(widths):
        raise ValueError("a width is 0")
    needed = sum(abs(width) for width in widths)
    if needed > 8 * len(data):
        raise ValueError("too few bits")
    reader = Reader(data)
    return [reader.field(width) for width in widths]
