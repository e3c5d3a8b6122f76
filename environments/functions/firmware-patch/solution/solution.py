from collections.abc import Callable

MAGIC = bytes.fromhex("46 50 01")


class Patcher:
    """Carries out one patch."""

    def __init__(self, old: bytes, patch: bytes) -> None:
        self.old = old
        self.patch = patch
        self.at = 0
        self.cursor = 0
        self.new = bytearray()

    def take(self, count: int) -> bytes:
        """Read the next bytes of the patch."""
        taken = self.patch[self.at : self.at + count]
        if len(taken) < count:
            raise EOFError("the patch ends too early")
        self.at += count
        return taken

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def put(self, content: bytes) -> None:
        self.new += content

    def copy(self, length: int) -> None:
        if self.cursor + length > len(self.old):
            raise IndexError("the old firmware is too short")
        self.new += self.old[self.cursor : self.cursor + length]
        self.cursor += length

    def echo(self, distance: int, length: int) -> None:
        if distance > len(self.new):
            raise IndexError("the new firmware is too short")
        for _ in range(length):
            self.new.append(self.new[-distance])

    def move(self, place: int) -> None:
        if not 0 <= place <= len(self.old):
            raise IndexError("the cursor leaves the old firmware")
        self.cursor = place

    def writer(self, kind: int, n: int) -> Callable[[], None]:
        """Read the rest of an instruction that writes, and return what carries it out."""
        length = 64 + self.number(2) if n == 63 else n + 1
        if kind == 0:
            content = self.take(length)
            return lambda: self.put(content)
        if kind == 1:
            return lambda: self.copy(length)
        distance = self.number(1) + 1
        return lambda: self.echo(distance, length)

    def finish(self) -> bytes:
        """Read the rest of the end instruction and return the new firmware."""
        if self.number(2) != sum(self.new) % 65536:
            raise ValueError("the sum is wrong")
        if self.at < len(self.patch):
            raise ValueError("something stands after the end")
        return bytes(self.new)

    def run(self) -> bytes:
        if self.patch[: len(MAGIC)] != MAGIC:
            raise ValueError("this is not a patch")
        self.at = len(MAGIC)
        write: Callable[[], None] | None = None
        while True:
            kind, n = divmod(self.number(1), 64)
            if kind < 3:
                write = self.writer(kind, n)
                write()
            elif n == 0:
                return self.finish()
            elif n == 1:
                self.move(self.cursor + self.number(1) + 1)
            elif n == 2:
                self.move(self.cursor - self.number(1) - 1)
            elif n == 3:
                self.move(self.number(2))
            elif n == 4:
                times = self.number(1) + 1
                if write is None:
                    raise ValueError("there is nothing to repeat")
                for _ in range(times):
                    write()
            else:
                raise ValueError(f"there is no instruction {n}")


def apply_patch(old: bytes, patch: bytes) -> bytes:
    """Return the new firmware."""
    return Patcher(old, patch).run()
