import random

NAMES = ("end", "A", "b2", "tail_1")


class Drawer:
    """Draws commands and keeps in mind how long the image is."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.size = rng.choice((0, 3, 8, 12, 20, 30))
        self.marks: dict[str, int] = {}

    def digits(self, count: int) -> str:
        return "".join(f"{self.rng.randrange(256):02x}" for _ in range(count))

    def number(self, value: int) -> str:
        return f"0x{value:x}" if self.rng.random() < 0.2 else str(value)

    def place(self, value: int) -> str:
        near = [(name, at) for name, at in sorted(self.marks.items()) if abs(at - value) < 7]
        if near and self.rng.random() < 0.5:
            name, at = self.rng.choice(near)
            if at == value:
                return name
            return f"{name}{'+' if value > at else '-'}{self.number(abs(value - at))}"
        return self.number(value)

    def part(self) -> tuple[int, int]:
        start = self.rng.randint(0, self.size)
        count = self.rng.randint(0, min(9, self.size - start))
        if self.rng.random() < 0.04:
            count += 12
        return start, count

    def command(self) -> str:
        rng = self.rng
        word = rng.choice(
            (
                "mark",
                "mark",
                "put",
                "insert",
                "insert",
                "cut",
                "cut",
                "copy",
                "copy",
                "turn",
                "mix",
                "check",
            )
        )
        start, count = self.part()
        if word == "cut" and self.marks and rng.random() < 0.5:
            start = max(
                0, min(self.size, rng.choice(sorted(self.marks.values())) - rng.randint(0, 3))
            )
            count = rng.randint(1, 5)
        place = self.place(start)
        if rng.random() < 0.03:
            return rng.choice(
                (
                    "cut 1",
                    "put 0 abc",
                    "turn nowhere 1",
                    "mark 1 1",
                    "mix end+ 1 00",
                    "copy end-99 1 0",
                )
            )
        if word == "mark":
            name = rng.choice(NAMES)
            self.marks[name] = min(start, self.size)
            return f"mark {name} {place}"
        if word == "put":
            return f"put {place} {self.digits(max(1, min(3, self.size - start)))}"
        if word == "insert":
            size = rng.choice((1, 1, 2, 4))
            self.size += size
            self.marks = {name: at + size * (at > start) for name, at in self.marks.items()}
            return f"insert {place} {self.digits(size)}"
        if word == "cut":
            count = max(0, min(count, 6, self.size - start))
            self.size -= count
            self.marks = {
                name: max(start, at - count) if at > start else at
                for name, at in self.marks.items()
            }
            return f"cut {place} {self.number(count)}"
        if word == "mix":
            return f"mix {place} {self.number(count)} {self.digits(rng.randint(1, 3))}"
        if word == "turn":
            return f"turn {place} {self.number(count)}"
        width = count if word == "copy" else 2
        target = rng.randint(0, max(0, self.size - width))
        if word == "copy" and rng.random() < 0.5:
            target = max(0, min(self.size - width, start + rng.randint(-2, 2)))
        return f"{word} {place} {self.number(count)} {self.place(target)}"


def generate(rng: random.Random) -> dict:
    drawer = Drawer(rng)
    lines = [drawer.digits(drawer.size)]
    if rng.random() < 0.01:
        lines[0] += "0"
    lines += [drawer.command() for _ in range(rng.choice((4, 7, 10, 15)))]
    return {"kind": "program", "args": [], "stdin": "\n".join(lines) + "\n"}
