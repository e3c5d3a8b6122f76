def apply_patch(old, patch):
    if patch[:3] != b"FP\x01":
        raise ValueError
    it = iter(patch[3:])

    def nxt():
        try:
            return next(it)
        except StopIteration:
            raise EOFError from None

    new, cur, redo = [], 0, None
    while True:
        b = nxt()
        k, n = b >> 6, b & 63
        if k < 3:
            length = n + 1
            if n == 63:
                length = nxt() << 8 | nxt()
            extra = [nxt() for _ in range(length)] if k == 0 else nxt() + 1 if k == 2 else 0
            redo = (k, length, extra)
            times = 1
        elif n == 0:
            if (nxt() << 8 | nxt()) != sum(new) % 65536 or list(it):
                raise ValueError
            return bytes(new)
        elif n == 4:
            times = nxt()
            if not redo:
                raise ValueError
        elif n > 4:
            raise ValueError
        else:
            cur = [cur + nxt() + 1, cur - nxt() - 1, nxt() << 8][n - 1]
            continue
        for _ in range(times):
            k, length, extra = redo
            if k == 0:
                new += extra
            elif k == 1:
                if cur + length > len(old):
                    raise IndexError
                new += old[cur:cur + length]
                cur += length
            else:
                if extra > len(new):
                    raise IndexError
                for _ in range(length):
                    new.append(new[-extra])
