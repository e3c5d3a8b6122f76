import re
from collections import Counter
from dataclasses import dataclass, field

CLOSING = {"(": ")", "[": "]"}


@dataclass
class Part:
    """A part of a pattern; a stitch has a kind, others have parts."""

    kind: str = ""
    parts: list["Part"] = field(default_factory=list)
    mirrored: bool = False
    times: int = 1
    content: Counter[str] = field(default_factory=Counter)
    """The stitches of the parts in it, once."""

    def close(self) -> None:
        """Count what is in it; all of its parts are there."""
        self.content = Counter({self.kind: 1} if self.kind else {})
        for part in self.parts:
            self.content.update(part.counted(part.times))

    def counted(self, times: int) -> Counter[str]:
        """Return all its stitches when it is knitted that often."""
        factor = times * (2 if self.mirrored else 1)
        return Counter({kind: count * factor for kind, count in self.content.items()})

    def first(self, stitches: int) -> Counter[str]:
        """Return what is among its first stitches when it is knitted as often as it says."""
        inside = self.content.total()
        once = inside * (2 if self.mirrored else 1)
        if stitches >= once * self.times:
            return self.counted(self.times)
        whole, rest = divmod(stitches, once)
        found = self.counted(whole)
        if rest <= inside:
            found.update(self._first_inside(rest))
        else:
            # On the way back, those that are still missing are the first ones of the way there.
            found.update(self.counted(1))
            found.subtract(self._first_inside(once - rest))
        return found

    def _first_inside(self, stitches: int) -> Counter[str]:
        if self.kind:
            return Counter({self.kind: stitches})
        found: Counter[str] = Counter()
        for part in self.parts:
            size = part.counted(part.times).total()
            found.update(part.first(stitches))
            stitches -= size
            if stitches <= 0:
                break
        return found


def read(pattern: str) -> Part:
    """Return the whole pattern as one part."""
    open_parts = [Part()]
    for token in re.findall(r"[a-z()\[\]]|[0-9]+", pattern):
        if token.isdigit():
            open_parts[-1].parts[-1].times = int(token)
        elif token in CLOSING:
            open_parts.append(Part(mirrored=token == "["))
        elif token in CLOSING.values():
            part = open_parts.pop()
            part.close()
            open_parts[-1].parts.append(part)
        else:
            stitch = Part(kind=token)
            stitch.close()
            open_parts[-1].parts.append(stitch)
    open_parts[0].close()
    return open_parts[0]


def count_stitches(pattern: str, start: int, end: int) -> dict[str, int]:
    """Return how many stitches of each kind there are between two places of a pattern."""
    whole = read(pattern)
    if not whole.parts:
        return {}
    found = whole.first(end)
    found.subtract(whole.first(start))
    return {kind: count for kind, count in sorted(found.items()) if count}
