import re
import sys

WIDTH = 40
INDENT = "  "


class Item:
    """An item of the outline."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = numbers
        self.words: list[str] = []

    def lines(self, width: int) -> list[str]:
        """Return the item's lines, wrapped to a width."""
        label = INDENT * (len(self.numbers) - 1) + "".join(f"{each}." for each in self.numbers)
        if not self.words:
            return [label]
        lines = [f"{label} {self.words[0]}"]
        for word in self.words[1:]:
            longer = f"{lines[-1]} {word}"
            if len(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(" " * (len(label) + 1) + word)
        return lines


def read_outline(text: str) -> list[Item]:
    """Return the items; raise ValueError with the number of the first faulty line."""
    items: list[Item] = []
    for number, line in enumerate(text.split("\n"), 1):
        words = [word for word in line.split(" ") if word]
        if not words:
            continue
        if not words[0].strip("-"):
            level = len(words[0])
            before = items[-1].numbers if items else []
            if level > len(before) + 1:
                raise ValueError(number)
            numbers = before[:level] if level <= len(before) else [*before, 0]
            numbers[-1] += 1
            items.append(Item(numbers))
            words = words[1:]
        if not items:
            raise ValueError(number)
        items[-1].words += words
    return items


def main() -> int:
    """Print the outline and return the exit status."""
    arguments = sys.argv[1:] or [str(WIDTH)]
    if len(arguments) != 1 or not re.fullmatch("0*[1-9][0-9]*", arguments[0]):
        return 2
    try:
        items = read_outline(sys.stdin.read())
    except ValueError as error:
        print(f"bad line {error}")
        return 2
    for item in items:
        print("\n".join(item.lines(int(arguments[0]))))
    return 0


sys.exit(main())
