def apply_patch(old, patch):
    if not patch.startswith(b"FP\x01"):
        raise ValueError("not a patch")
    pos = 3
    out = b""
    cursor = 0
    last = None

    def read(n):
        nonlocal pos
        if pos + n > len(patch):
            raise EOFError
        chunk = patch[pos : pos + n]
        pos += n
        return chunk

    def execute(instruction):
        nonlocal out, cursor
        name, length, extra = instruction
        if name == "put":
            out += extra
        elif name == "copy":
            if cursor + length > len(old):
                raise IndexError("copy")
            out += old[cursor : cursor + length]
            cursor += length
        else:
            start = len(out) - extra
            if start < 0:
                raise IndexError("echo")
            out += out[start : start + length]

    while True:
        (first,) = read(1)
        kind, n = first >> 6, first & 0x3F
        if kind < 3:
            length = n + 1
            if n == 63:
                length = 64 + int.from_bytes(read(2), "big")
            if kind == 0:
                last = ("put", length, read(length))
            elif kind == 1:
                last = ("copy", length, None)
            else:
                last = ("echo", length, read(1)[0] + 1)
            execute(last)
        elif n == 0:
            if int.from_bytes(read(2), "big") != sum(out) % 65536:
                raise ValueError("checksum")
            if pos != len(patch):
                raise ValueError("trailing bytes")
            return out
        elif n in (1, 2, 3):
            if n == 1:
                cursor += read(1)[0] + 1
            elif n == 2:
                cursor -= read(1)[0] + 1
            else:
                cursor = int.from_bytes(read(2), "big")
            if cursor < 0 or cursor > len(old):
                raise IndexError("cursor")
        elif n == 4:
            count = read(1)[0] + 1
            if last is None:
                raise ValueError("repeat")
            for _ in range(count):
                execute(last)
        else:
            raise ValueError("unknown instruction")
