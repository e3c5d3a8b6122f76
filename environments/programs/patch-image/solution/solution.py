import re
import sys
from collections.abc import Callable
from typing import NoReturn

NAME = "[A-Za-z][A-Za-z0-9_]*"
NUMBER = "0x[0-9a-fA-F]+|[0-9]+"
PLACE = rf"({NUMBER})|({NAME})(?:([+-])({NUMBER}))?"
BYTES = "(?:[0-9a-fA-F]{2})+"
OPERANDS = {
    "mark": (NAME, PLACE),
    "put": (PLACE, BYTES),
    "insert": (PLACE, BYTES),
    "cut": (PLACE, NUMBER),
    "copy": (PLACE, NUMBER, PLACE),
    "turn": (PLACE, NUMBER),
    "mix": (PLACE, NUMBER, BYTES),
    "check": (PLACE, NUMBER, PLACE),
}
ROW = 8


class Fault(Exception):
    """A command that cannot be executed."""


def number(text: str) -> int:
    """Return the value of a decimal or hexadecimal number."""
    return int(text[2:], 16) if text.startswith("0x") else int(text)


class Image:
    """Bytes, and marks that stay with them."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.marks: dict[str, int] = {}

    def execute(self, line: str) -> None:
        """Execute one command; raise Fault and change nothing if that is not possible."""
        word, *operands = [field for field in line.split(" ") if field]
        forms = OPERANDS.get(word)
        if forms is None or len(forms) != len(operands):
            raise Fault("syntax")
        pairs = list(zip(forms, operands, strict=True))
        if not all(re.fullmatch(form, operand) for form, operand in pairs):
            raise Fault("syntax")
        command: Callable[..., None] = getattr(self, f"_{word}")
        command(*[self._value(form, operand) for form, operand in pairs])

    def _value(self, form: str, operand: str) -> int | bytes | str:
        if form == BYTES:
            return bytes.fromhex(operand)
        if form == NUMBER:
            return number(operand)
        return self._place(operand) if form == PLACE else operand

    def _place(self, operand: str) -> int:
        match = re.fullmatch(PLACE, operand)
        assert match, "its form has been checked"
        plain, name, sign, distance = match.groups()
        if plain:
            return number(plain)
        if name not in self.marks:
            raise Fault(f"mark {name}")
        moved = number(distance) if sign else 0
        return self.marks[name] + (-moved if sign == "-" else moved)

    def _part(self, place: int, count: int) -> slice:
        """The bytes from a place on, all of which have to exist."""
        if place < 0 or place + count > len(self.data):
            raise Fault("range")
        return slice(place, place + count)

    def _mark(self, name: str, place: int) -> None:
        self._part(place, 0)
        self.marks[name] = place

    def _put(self, place: int, data: bytes) -> None:
        self.data[self._part(place, len(data))] = data

    def _insert(self, place: int, data: bytes) -> None:
        self.data[self._part(place, 0)] = data
        for name, at in self.marks.items():
            self.marks[name] = at + len(data) if at > place else at

    def _cut(self, place: int, count: int) -> None:
        del self.data[self._part(place, count)]
        for name, at in self.marks.items():
            if at > place:
                self.marks[name] = max(place, at - count)

    def _copy(self, place: int, count: int, target: int) -> None:
        data = self.data[self._part(place, count)]
        self._put(target, data)

    def _turn(self, place: int, count: int) -> None:
        part = self._part(place, count)
        self.data[part] = self.data[part][::-1]

    def _mix(self, place: int, count: int, key: bytes) -> None:
        part = self._part(place, count)
        data = self.data[part]
        self.data[part] = bytes(byte ^ key[at % len(key)] for at, byte in enumerate(data))

    def _check(self, place: int, count: int, target: int) -> None:
        total = sum(self.data[self._part(place, count)]) % 65536
        self._put(target, total.to_bytes(2, "little"))


def bad_image() -> NoReturn:
    """End the program because the first line is no image."""
    print("bad image")
    sys.exit(2)


def main() -> int:
    """Execute the commands, print the image and return the exit status."""
    first, *lines = sys.stdin.read().split("\n")
    digits = first.replace(" ", "")
    if digits and not re.fullmatch(BYTES, digits):
        bad_image()
    image = Image(bytes.fromhex(digits))
    faulty = False
    for at, whole in enumerate(lines, 2):
        line = whole.strip(" ")
        if not line or line.startswith(";"):
            continue
        try:
            image.execute(line)
        except Fault as fault:
            faulty = True
            print(f"{at}: {fault}")
    for start in range(0, len(image.data), ROW):
        print(f"{start:04x}: {image.data[start : start + ROW].hex(' ')}")
    for name, place in sorted(image.marks.items(), key=lambda mark: (mark[1], mark[0])):
        print(f"{name} = {place}")
    return int(faulty)


sys.exit(main())
