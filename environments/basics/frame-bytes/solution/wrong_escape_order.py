def pack(messages):
    if not messages:
        return b""
    frames = []
    for message in messages:
        frame = message + bytes([sum(message) % 256])
        frame = frame.replace(b"\x7e", b"\x7d\x5e")
        frame = frame.replace(b"\x7d", b"\x7d\x5d")
        frames.append(frame)
    return b"\x7e" + b"\x7e".join(frames) + b"\x7e"


def unpack(stream):
    if stream == b"":
        return []
    if stream[:1] != b"\x7e" or stream[-1:] != b"\x7e":
        raise ValueError("missing flag")
    messages = []
    for frame in stream.split(b"\x7e"):
        if frame:
            frame = frame.replace(b"\x7d\x5d", b"\x7d").replace(b"\x7d\x5e", b"\x7e")
            message, check = frame[:-1], frame[-1]
            if sum(message) % 256 != check:
                raise ValueError("wrong checksum")
            messages.append(message)
    return messages
