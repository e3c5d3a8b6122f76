def escape(data):
    out = bytearray()
    for b in data:
        if b == 0x7E:
            out += b"\x7d\x5e"
        elif b == 0x7D:
            out += b"\x7d\x5d"
        else:
            out.append(b)
    return bytes(out)


def pack(messages):
    if not messages:
        return b""
    out = b"\x7e"
    for m in messages:
        out += escape(m) + bytes([sum(m) & 0xFF]) + b"\x7e"
    return out


def unpack(stream):
    if stream == b"":
        return []
    if stream[0] != 0x7E or stream[-1] != 0x7E:
        raise ValueError("no flag")
    result = []
    for frame in stream.split(b"\x7e"):
        if not frame:
            continue
        body, check = frame[:-1], frame[-1]
        message = bytearray()
        i = 0
        while i < len(body):
            if body[i] == 0x7D:
                if body[i + 1 : i + 2] == b"\x5e":
                    message.append(0x7E)
                elif body[i + 1 : i + 2] == b"\x5d":
                    message.append(0x7D)
                else:
                    raise ValueError("bad escape")
                i += 2
            else:
                message.append(body[i])
                i += 1
        if sum(message) & 0xFF != check:
            raise ValueError("checksum")
        result.append(bytes(message))
    return result
