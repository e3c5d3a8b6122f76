class TextBuffer:
    """A text with edits that can be taken back and made again."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self._undone_by: list[str] = []
        self._redone_by: list[str] = []

    def insert(self, position: int, piece: str) -> int:
        """Insert the piece before the position and return the new length."""
        self._check(position)
        self._edit(self.text[:position] + piece + self.text[position:])
        return len(self.text)

    def delete(self, position: int, count: int) -> str:
        """Remove up to `count` characters from the position on and return them."""
        self._check(position)
        if count < 0:
            raise ValueError("the count must not be negative")
        removed = self.text[position : position + count]
        self._edit(self.text[:position] + self.text[position + count :])
        return removed

    def undo(self) -> str:
        """Take back the latest edit and return the text."""
        return self._travel(self._undone_by, self._redone_by)

    def redo(self) -> str:
        """Make the edit again that was taken back last, and return the text."""
        return self._travel(self._redone_by, self._undone_by)

    def _check(self, position: int) -> None:
        if not 0 <= position <= len(self.text):
            raise IndexError("the position lies outside the text")

    def _edit(self, text: str) -> None:
        # Only an insertion or a deletion of nothing leaves the length as it was.
        if len(text) != len(self.text):
            self._undone_by.append(self.text)
            self._redone_by.clear()
            self.text = text

    def _travel(self, source: list[str], target: list[str]) -> str:
        if not source:
            raise IndexError("there is no such edit")
        target.append(self.text)
        self.text = source.pop()
        return self.text
