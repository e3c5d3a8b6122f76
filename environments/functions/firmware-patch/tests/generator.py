import random


class Writer:
    """Writes a patch and keeps track of where it is."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        size = rng.choice((6, 20, 60, 200))
        self.old = bytes(rng.choice(b"abcdefgh\x00\xff") for _ in range(size))
        self.patch = bytearray(b"FP\x01")
        self.new = bytearray()
        self.cursor = 0
        self.last: tuple[int, int, bytes] | None = None

    def write(self, kind: int, length: int, more: bytes) -> bool:
        """Do what the instruction does; False where it cannot be done."""
        if kind == 0:
            self.new += more
        elif kind == 1:
            if self.cursor + length > len(self.old):
                return False
            self.new += self.old[self.cursor : self.cursor + length]
            self.cursor += length
        else:
            if more[0] >= len(self.new):
                return False
            for _ in range(length):
                self.new.append(self.new[-1 - more[0]])
        return True

    def instruction(self) -> None:
        rng = self.rng
        kind = rng.choice((0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4))
        if kind < 3:
            length = rng.choice((1, 2, 3, 5, 8, 8, 64, 70) if kind else (1, 2, 3, 5, 63, 64))
            if kind == 1 and self.cursor + length > len(self.old):
                length = len(self.old) - self.cursor
            if not length or (kind == 2 and not self.new):
                return
            more = bytes(rng.choice(b"XYZ\xfe") for _ in range(length)) if kind == 0 else b""
            if kind == 2:
                more = bytes([rng.randrange(min(len(self.new), rng.choice((1, 3, 12))))])
            n = 63 if length > 63 else length - 1
            self.patch.append(kind << 6 | n)
            if n == 63:
                self.patch += (length - 64).to_bytes(2, "big")
            self.patch += more
            self.last = (kind, length, more)
            self.write(kind, length, more)
        elif kind == 3:
            place = rng.randint(0, len(self.old))
            step = place - self.cursor
            if step and rng.random() < 0.6:
                self.patch += bytes([0xC1 if step > 0 else 0xC2, min(255, abs(step) - 1)])
            else:
                self.patch += b"\xc3" + place.to_bytes(2, "big")
            self.cursor = place
        elif self.last is not None:
            times = rng.choice((1, 1, 2, 3, 6))
            if self.last[0] == 1:
                times = min(times, len(self.old) // self.last[1])
            if self.last[0] == 1 and self.cursor + times * self.last[1] > len(self.old):
                place = rng.randint(0, len(self.old) - times * self.last[1])
                self.patch += b"\xc3" + place.to_bytes(2, "big")
                self.cursor = place
            self.patch += bytes([0xC4, times - 1])
            for _ in range(times):
                self.write(*self.last)


def generate(rng: random.Random) -> dict:
    writer = Writer(rng)
    for _ in range(rng.choice((3, 5, 7, 9))):
        writer.instruction()
    patch = writer.patch + b"\xc0" + (sum(writer.new) % 65536).to_bytes(2, "big")
    fault = rng.random()
    if fault < 0.03:
        del patch[rng.randrange(len(patch)) :]
    elif fault < 0.06:
        patch[rng.randrange(len(patch))] = rng.choice((0xC5, 0xC0, 0xC1, 0x00))
    elif fault < 0.07:
        patch += b"\x00"
    return {"kind": "call", "function": "apply_patch", "args": [writer.old, bytes(patch)]}
