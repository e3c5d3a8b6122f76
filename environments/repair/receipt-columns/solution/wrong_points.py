"""Lays out receipts."""

PRICE_WIDTH = 9
INDENT = "  "
MIN_WIDTH = 20
MIN_POINTS = 3


def price_of(cents: int) -> str:
    """Return an amount as text."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    price = f"{sign}{euros}.{rest:02}"
    if len(price) > PRICE_WIDTH:
        raise ValueError(f"{price} is too long")
    return price


def cut(words: list[str], size: int) -> list[str]:
    """Return words with those that are too long cut into pieces."""
    return [word[at : at + size] for word in words for at in range(0, len(word), size)]


def wrap(words: list[str], limit: int) -> list[str]:
    """Return words in lines that are not longer than the limit."""
    lines = []
    line = ""
    for word in cut(words, limit - len(INDENT)):
        if not line:
            line = word
        elif len(line) + 1 + len(word) <= limit:
            line += " " + word
        else:
            lines.append(line)
            line = INDENT + word
    return [*lines, line]


def priced(line: str, price: str, width: int) -> str:
    """Return a line with a price at its end."""
    gap = width - len(line) - len(price)
    points = gap - 2
    if not line or gap < MIN_POINTS:
        return line + " " * gap + price
    return f"{line} {'.' * points} {price}"


def item_lines(text: str, cents: int, width: int) -> list[str]:
    """Return the lines of one item."""
    *lines, last = wrap(text.split(), width - PRICE_WIDTH - 1)
    return [*lines, priced(last, price_of(cents), width)]


def layout(items: list[list], width: int) -> list[str]:
    """Return the lines of a receipt."""
    if width < MIN_WIDTH:
        raise ValueError(f"a receipt has at least {MIN_WIDTH} columns")
    lines = []
    for text, cents in items:
        lines += item_lines(text, cents, width)
    total = sum(cents for _, cents in items)
    return [*lines, "=" * width, *item_lines("Total", total, width)]
