FLAG = 0x7E
ESC = 0x7D


def pack(messages):
    out = []
    for message in messages:
        for byte in [*message, sum(message) % 256]:
            out += [ESC, byte ^ 0x20] if byte in (FLAG, ESC) else [byte]
        out.append(FLAG)
    return bytes([FLAG, *out]) if out else b""


class Reader:
    def __init__(self, stream):
        if stream and (stream[0] != FLAG or stream[-1] != FLAG):
            raise ValueError("the stream is cut off")
        self.frames = [frame for frame in stream.split(bytes([FLAG])) if frame]

    def message(self, frame):
        *body, checksum = frame
        plain = []
        escaped = False
        for byte in body:
            if escaped:
                if byte not in (0x5E, 0x5D):
                    raise ValueError("unknown escape")
                plain.append(byte ^ 0x20)
                escaped = False
            elif byte == ESC:
                escaped = True
            else:
                plain.append(byte)
        if escaped or sum(plain) % 256 != checksum:
            raise ValueError("damaged frame")
        return bytes(plain)


def unpack(stream):
    reader = Reader(stream)
    return [reader.message(frame) for frame in reader.frames]
