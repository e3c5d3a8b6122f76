class Ladder:
    """Players in the order of their strength, who challenge those above them."""

    def __init__(self, names: list[str], reach: int) -> None:
        self._names = list(names)
        self._reach = reach
        self._last: dict[str, str] = {}
        """Against whom each player has played last."""

    def challenge(self, challenger: str, opponent: str, winner: str) -> int:
        """Note a match and return the place of the challenger after it."""
        here, above = self.place(challenger), self.place(opponent)
        if not 1 <= here - above <= self._reach:
            raise ValueError(f"{opponent} is out of reach")
        if self._last.get(challenger) == opponent and self._last.get(opponent) == challenger:
            raise ValueError("they have just played each other")
        if winner not in (challenger, opponent):
            raise ValueError(f"{winner} did not play")
        self._last[challenger] = opponent
        self._last[opponent] = challenger
        if winner == challenger:
            self._names.remove(challenger)
            self._names.insert(above - 1, challenger)
        return self.place(challenger)

    def join(self, name: str) -> int:
        """Put a new player at the bottom and return the place."""
        if name in self._names:
            raise ValueError(f"{name} is on the ladder")
        self._names.append(name)
        return len(self._names)

    def quit(self, name: str) -> int:
        """Take a player from the ladder and return how many are left."""
        del self._names[self.place(name) - 1]
        self._last.pop(name, None)
        return len(self._names)

    def place(self, name: str) -> int:
        """Return the place of a player, counted from 1."""
        if name not in self._names:
            raise KeyError(name)
        return self._names.index(name) + 1

    def names(self) -> list[str]:
        """Return the players from the top down."""
        return list(self._names)
