HEADER = b"\x46\x50\x01"
PUT, COPY, ECHO, CONTROL = range(4)
END, FORWARD, BACK, SEEK, REPEAT = range(5)


class Stream:
    def __init__(self, data):
        self.data = data
        self.position = len(HEADER)

    def bytes(self, count):
        if self.position + count > len(self.data):
            raise EOFError("patch too short")
        self.position += count
        return self.data[self.position - count:self.position]

    def u8(self):
        return self.bytes(1)[0]

    def u16(self):
        high, low = self.bytes(2)
        return high * 256 + low


def apply_patch(old, patch):
    if patch[:3] != HEADER:
        raise ValueError("bad header")
    stream = Stream(patch)
    new = bytearray()
    cursor = 0
    written = None
    while True:
        byte = stream.u8()
        kind, n = byte // 64, byte % 64
        if kind != CONTROL:
            length = n + 1 if n < 63 else 64 + stream.u16()
            if kind == PUT:
                written = stream.bytes(length)
            elif kind == COPY:
                written = old[cursor:cursor + length]
                if len(written) < length:
                    raise IndexError("copy beyond the end")
                cursor += length
            else:
                distance = stream.u8() + 1
                if distance > len(new):
                    raise IndexError("echo before the start")
                pattern = bytes(new[-distance:])
                written = (pattern * (length // distance + 1))[:length]
            new += written
            continue
        if n == END:
            expected = stream.u16()
            if sum(new) % 65536 != expected:
                raise ValueError("bad checksum")
            if stream.position < len(patch):
                raise ValueError("garbage at the end")
            return bytes(new)
        if n == FORWARD:
            cursor += stream.u8() + 1
        elif n == BACK:
            cursor -= stream.u8() + 1
        elif n == SEEK:
            cursor = stream.u16()
        elif n == REPEAT:
            times = stream.u8() + 1
            if written is None:
                raise ValueError("nothing to repeat")
            new += written * times
        else:
            raise ValueError("unknown control")
        if not 0 <= cursor <= len(old):
            raise IndexError("cursor outside")
