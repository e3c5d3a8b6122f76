Seat = tuple[int, int]
"""Row and place in the row, both counted from 0."""


def name(seat: Seat) -> str:
    """Return what a seat is called."""
    return f"{chr(ord('A') + seat[0])}{seat[1] + 1}"


class Hall:
    """A hall whose seats are held for a while, and sold."""

    def __init__(self, rows: list[int], minutes: int) -> None:
        self._rows = list(rows)
        self._minutes = minutes
        self._now: int | None = None
        self._free = {(row, at) for row, size in enumerate(rows) for at in range(size)}
        self._held: dict[str, tuple[int, list[Seat]]] = {}
        self._sold: dict[str, list[Seat]] = {}
        self._waiting: dict[str, int] = {}

    def hold(self, now: int, who: str, count: int) -> list[str]:
        """Hold the best seats and return their names, or put the person on the waiting list."""
        self._go_on(now)
        if not 1 <= count <= max(self._rows, default=0):
            raise ValueError("no row has so many seats")
        if who in self._held or who in self._waiting:
            raise ValueError(f"{who} has asked already")
        if not self._try(now, who, count):
            self._waiting[who] = count
            return []
        return [name(seat) for seat in self._held[who][1]]

    def confirm(self, now: int, who: str) -> list[str]:
        """Sell what is held for the person and return its names."""
        self._go_on(now)
        _, seats = self._held.pop(who)
        self._sold.setdefault(who, []).extend(seats)
        return [name(seat) for seat in seats]

    def release(self, now: int, who: str) -> int:
        """Free what is held for the person, or end the waiting; return how many seats were held."""
        self._go_on(now)
        if who in self._waiting:
            del self._waiting[who]
            return 0
        _, seats = self._held.pop(who)
        self._free.update(seats)
        self._serve(now)
        return len(seats)

    def seats(self, now: int, who: str) -> list[str]:
        """Return the names of what is held for the person or was sold to the person."""
        self._go_on(now)
        _, held = self._held.get(who, (0, []))
        return [name(seat) for seat in sorted(held + self._sold.get(who, []))]

    def free(self, now: int) -> int:
        """Return how many seats are free."""
        self._go_on(now)
        return len(self._free)

    def _go_on(self, now: int) -> None:
        """Let all expire that expires up to now."""
        if self._now is not None and now < self._now:
            raise ValueError("time does not go back")
        self._now = now
        while self._held:
            end = min(end for end, _ in self._held.values())
            if end > now:
                break
            for who in [who for who, held in self._held.items() if held[0] == end]:
                self._free.update(self._held.pop(who)[1])
            self._serve(end)

    def _serve(self, now: int) -> None:
        """Try the requests on the waiting list."""
        for who, count in list(self._waiting.items()):
            if self._try(now, who, count):
                del self._waiting[who]

    def _try(self, now: int, who: str, count: int) -> bool:
        """Hold the best seats for the person, and say whether there are any."""
        choices = [
            [(row, at) for at in range(first, first + count)]
            for row, size in enumerate(self._rows)
            for first in range(size - count + 1)
        ]
        choices = [seats for seats in choices if self._free.issuperset(seats)]
        if not choices:
            return False
        best = min(choices, key=self._rank)
        self._free.difference_update(best)
        self._held[who] = now + self._minutes, best
        return True

    def _rank(self, seats: list[Seat]) -> tuple[bool, int, int, int]:
        """What choices are compared by, the best first."""
        (row, first), (_, last) = seats[0], seats[-1]
        lonely = any(
            (row, beside) in self._free and (row, beyond) not in self._free
            for beside, beyond in ((first - 1, first - 2), (last + 1, last + 2))
        )
        return lonely, row, abs(first + last - (self._rows[row] - 1)), first
