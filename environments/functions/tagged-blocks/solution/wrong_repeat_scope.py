class Decoder:
    NOTHING = object()

    def __init__(self, data):
        self.data = data
        self.pos = 0
        self.last = Decoder.NOTHING

    def number(self, end):
        total, size = 0, 0
        while True:
            if self.pos >= end:
                raise EOFError
            byte = self.data[self.pos]
            self.pos += 1
            size += 1
            if size == 1 and byte == 128:
                raise ValueError("superfluous byte")
            total = total * 128 + byte % 128
            if byte < 128:
                return total
            if size == 5:
                raise ValueError("number of more than five bytes")

    def raw(self, end):
        size = self.number(end)
        if self.pos + size > end:
            raise EOFError
        start = self.pos
        self.pos += size
        return self.data[start : self.pos]

    def value(self, kind, end):
        if kind == 0:
            return self.number(end)
        if kind == 1:
            n = self.number(end)
            return -(n + 1) // 2 if n & 1 else n // 2
        if kind == 2:
            return self.raw(end)
        if kind == 3:
            return self.raw(end).decode("utf-8")
        if kind == 4:
            size = self.number(end)
            if self.pos + size > end:
                raise EOFError
            return self.items(self.pos + size)
        if kind == 5:
            count = self.number(end)
            return [self.number(end) for _ in range(count)]
        if self.last is Decoder.NOTHING:
            raise ValueError("nothing before")
        return self.last

    def items(self, end):
        collected = {}
        while self.pos < end:
            head = self.data[self.pos]
            self.pos += 1
            kind, label = divmod(head, 32)
            if label == 31:
                label = self.number(end)
            if kind == 7:
                if self.pos + label > end:
                    raise EOFError
                self.pos += label
            else:
                value = self.value(kind, end)
                if kind != 4:
                    self.last = value
                collected.setdefault(label, []).append(value)
        return {key: v[0] if len(v) == 1 else v for key, v in collected.items()}


def decode(data):
    return Decoder(data).items(len(data))
