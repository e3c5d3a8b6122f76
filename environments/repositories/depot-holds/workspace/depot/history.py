"""Remembers what happened."""


class History:
    """Lines that say what happened, the oldest first."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def add(self, line: str) -> None:
        """Remember one thing more."""
        self._lines.append(line)

    def lines(self) -> list[str]:
        """Return what happened, as a list of the caller's own."""
        return list(self._lines)
