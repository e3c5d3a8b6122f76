TRAY = "tray"


class Belt:
    """A conveyor belt whose gates sort parcels into bins."""

    def __init__(self, length: int, gates: dict[int, str], room: int) -> None:
        self._belt: list[tuple[str, str] | None] = [None] * length
        self._gates = sorted(gates.items())
        self._room = room
        self._held: dict[int | str, list[str]] = {where: [] for where in (*gates, TRAY)}
        self._running = True
        self.jams = 0

    def load(self, parcel: str, code: str) -> bool:
        """Put a parcel on position 0 and return whether there was room."""
        if parcel in self.slots():
            raise ValueError(f"{parcel!r} is on the belt already")
        if self._belt[0] is not None:
            return False
        self._belt[0] = (parcel, code)
        return True

    def tick(self) -> list[tuple[str, int | str]]:
        """Let the gates work and the belt move, and return what left the belt."""
        left: list[tuple[str, int | str]] = []
        for position, code in self._gates:
            here = self._belt[position]
            if here is not None and here[1] == code and not self._is_full(position):
                self._belt[position] = None
                self._held[position].append(here[0])
                left.append((here[0], position))
        if not self._running:
            return left
        last = self._belt[-1]
        if last is not None and self._is_full(TRAY):
            self.jams += 1
            return left
        if last is not None:
            self._held[TRAY].append(last[0])
            left.append((last[0], TRAY))
        self._belt = [None, *self._belt[:-1]]
        return left

    def stop(self) -> None:
        """Stop the belt; gates go on working."""
        self._running = False

    def start(self) -> None:
        """Let the belt run again."""
        self._running = True

    def take(self, where: int | str) -> list[str]:
        """Empty a bin or the tray and return what was in it."""
        taken = self._held[where]
        self._held[where] = []
        return taken

    def slots(self) -> list[str | None]:
        """Return the parcels on the belt by position."""
        return [None if each is None else each[0] for each in self._belt]

    def _is_full(self, where: int | str) -> bool:
        return len(self._held[where]) >= self._room
