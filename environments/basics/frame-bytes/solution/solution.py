FLAG, ESCAPE = b"\x7e", b"\x7d"
ESCAPED = {0x5E: 0x7E, 0x5D: 0x7D}


def checksum(message: bytes) -> int:
    """Return the checksum byte of a message."""
    return sum(message) % 256


def pack(messages: list[bytes]) -> bytes:
    """Return the stream that carries the messages."""
    stream = b""
    for message in messages:
        frame = message + bytes([checksum(message)])
        # The escape byte goes first: escaping the flag adds new ones.
        frame = frame.replace(ESCAPE, b"\x7d\x5d").replace(FLAG, b"\x7d\x5e")
        stream += frame + FLAG
    return FLAG + stream if stream else b""


def unescape(frame: bytes) -> bytes:
    """Return the frame's bytes as they were before escaping."""
    plain = bytearray()
    rest = iter(frame)
    for byte in rest:
        if byte == ESCAPE[0]:
            code = next(rest, None)
            if code not in ESCAPED:
                raise ValueError("bad escape")
            byte = ESCAPED[code]
        plain.append(byte)
    return bytes(plain)


def unpack(stream: bytes) -> list[bytes]:
    """Return the messages in the stream."""
    if stream and not (stream.startswith(FLAG) and stream.endswith(FLAG)):
        raise ValueError("the stream must begin and end with a flag byte")
    messages = []
    for frame in stream.split(FLAG):
        if frame:
            *body, check = unescape(frame)
            message = bytes(body)
            if check != checksum(message):
                raise ValueError("wrong checksum")
            messages.append(message)
    return messages
