from typing import Any

LONGEST_VARINT = 5
EXTENDED = 31


class Reader:
    """Reads a record, or the content of a group, from its beginning."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def byte(self) -> int:
        return self.take(1)[0]

    def take(self, count: int) -> bytes:
        if len(self.data) - self.at < count:
            raise EOFError("the data ends in the middle of an item")
        self.at += count
        return self.data[self.at - count : self.at]

    def varint(self) -> int:
        number = 0
        for place in range(LONGEST_VARINT):
            byte = self.byte()
            if place == 0 and byte == 0x80:
                raise ValueError("a number begins with a superfluous byte")
            number = number << 7 | byte & 0x7F
            if byte < 0x80:
                return number
        raise ValueError("a number is too long")

    def content(self, kind: int) -> Any:
        """Read the content of an item of kind 0 to 5 and return its value."""
        number = self.varint()
        if kind == 0:
            return number
        if kind == 1:
            return number >> 1 if number % 2 == 0 else -(number + 1 >> 1)
        if kind == 5:
            return [self.varint() for _ in range(number)]
        content = self.take(number)
        if kind == 2:
            return content
        if kind == 3:
            try:
                return content.decode()
            except UnicodeDecodeError as error:
                raise ValueError("a text is not UTF-8") from error
        return Reader(content).row()

    def row(self) -> dict[int, Any]:
        """Read all items up to the end."""
        found: dict[int, list[Any]] = {}
        value: Any = None
        while self.at < len(self.data):
            head = self.byte()
            kind, label = head >> 5, head & 0x1F
            if label == EXTENDED:
                label = self.varint()
            if kind == 7:
                self.take(label)
                continue
            if kind < 6:
                value = self.content(kind)
            elif not found:
                raise ValueError("there is no item before to repeat")
            found.setdefault(label, []).append(value)
        return {label: values if len(values) > 1 else values[0] for label, values in found.items()}


def decode(data: bytes) -> dict[int, Any]:
    """Return the values of a record by their labels."""
    return Reader(data).row()
