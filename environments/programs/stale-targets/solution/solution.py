import re
import sys
from typing import NamedTuple

NAME = re.compile(r"[A-Za-z0-9._/]+")
TIME = re.compile(r"[0-9]+|-|!")


class Need(NamedTuple):
    """A part that another one needs."""

    name: str
    loose: bool


class Part(NamedTuple):
    """A described part."""

    time: str
    needs: list[Need]


class Stop(Exception):
    """Ends the program with one line and an exit status."""

    def __init__(self, line: str, status: int) -> None:
        super().__init__(line)
        self.status = status


def read_part(fields: list[str]) -> tuple[str, Part]:
    """Return the name and the part that a line describes; raise ValueError if it is faulty."""
    if len(fields) < 3 or fields[2] != ":":
        raise ValueError("a line is: name time : needs")
    name, time = fields[:2]
    needs = [Need(field.removeprefix("~"), field.startswith("~")) for field in fields[3:]]
    names = [need.name for need in needs]
    if not all(NAME.fullmatch(each) for each in (name, *names)) or not TIME.fullmatch(time):
        raise ValueError("a field is malformed")
    if len(set(names)) < len(names) or (time == "!" and not needs):
        raise ValueError("a need stands twice, or a source is to be built")
    return name, Part(time, needs)


def read_project(text: str) -> dict[str, Part]:
    """Return the parts by name, in the order of their lines."""
    parts: dict[str, Part] = {}
    for number, line in enumerate(text.split("\n"), 1):
        fields = [field for field in line.split(" ") if field]
        if not fields or fields[0].startswith("#"):
            continue
        try:
            name, part = read_part(fields)
        except ValueError:
            raise Stop(f"bad line {number}", 2) from None
        if name in parts:
            raise Stop(f"bad line {number}", 2)
        parts[name] = part
    return parts


class Walk:
    """Visits parts and decides which have to be built."""

    def __init__(self, parts: dict[str, Part]) -> None:
        self.parts = parts
        self.reasons: dict[str, str] = {}
        self._visited: set[str] = set()
        self._open: list[str] = []

    def visit(self, name: str) -> None:
        """Visit what a part needs, and then decide on it."""
        if name in self._visited:
            return
        if name in self._open:
            raise Stop(" ".join(["cycle", *self._open[self._open.index(name) :], name]), 5)
        if name not in self.parts:
            raise Stop(f"unknown {name}", 3)
        part = self.parts[name]
        if not part.needs and part.time == "-":
            raise Stop(f"lost {name}", 4)
        self._open.append(name)
        for need in part.needs:
            self.visit(need.name)
        self._open.pop()
        self._visited.add(name)
        reason = self._reason(part)
        if reason:
            self.reasons[name] = reason

    def _reason(self, part: Part) -> str:
        if not part.needs:
            return ""
        if part.time in ("-", "!"):
            return "absent" if part.time == "-" else "always"
        for need in part.needs:
            if not need.loose and (need.name in self.reasons or self._is_newer(need, part)):
                return f"by {need.name}"
        return ""

    def _is_newer(self, need: Need, part: Part) -> bool:
        # What is not to be built has a number as its time.
        return int(self.parts[need.name].time) > int(part.time)


def main() -> int:
    """Print what has to be built and return the exit status."""
    try:
        parts = read_project(sys.stdin.read())
        walk = Walk(parts)
        for name in sys.argv[1:] or list(parts)[:1]:
            walk.visit(name)
    except Stop as stop:
        print(stop)
        return stop.status
    for name, reason in walk.reasons.items():
        print(f"{name}: {reason}")
    if not walk.reasons:
        print("up to date")
    return 0


sys.exit(main())
