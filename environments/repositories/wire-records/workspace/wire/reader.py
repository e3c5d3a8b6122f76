"""Hands out bytes one after the other."""


class Reader:
    """Bytes that are being read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    @property
    def left(self) -> int:
        """How many bytes have not been read yet."""
        return len(self._data) - self._position

    def take(self, count: int) -> bytes:
        """Return the next bytes, or raise ValueError if there are not so many."""
        if count > self.left:
            raise ValueError("the data end too early")
        self._position += count
        return self._data[self._position - count : self._position]
