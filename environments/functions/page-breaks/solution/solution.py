from collections.abc import Iterator
from functools import cache

Page = list[tuple[int, int]]
Place = tuple[int, int]
"""A block and how many of its lines stand on earlier pages."""

KINDS = ("text", "table", "head", "chapter")


def possible_pages(
    blocks: list[list], height: int, start: Place
) -> Iterator[tuple[Page, int, Place]]:
    """Give each page that can begin at the place: what is on it, its free lines, where it ends."""
    page: Page = []
    free = height
    block, done = start
    while block < len(blocks):
        kind, lines = blocks[block]
        if page:
            free -= 1
            if kind == "chapter":
                return
        left = lines - done
        if kind == "text":
            for part in range(2, min(free, left - 2) + 1):
                yield [*page, (block, part)], free - part, (block, done + part)
        if left > free:
            return
        page.append((block, left))
        free -= left
        block, done = block + 1, 0
        if kind not in ("head", "chapter") or block == len(blocks):
            yield list(page), free, (block, 0)


def break_pages(blocks: list[list], height: int) -> list[Page] | None:
    """Return the pages of the best layout, or None if there is no layout."""
    if height < 1:
        raise ValueError("a page has at least one line")
    for kind, lines in blocks:
        if kind not in KINDS or lines < 1:
            raise ValueError(f"not a block: {kind!r} of {lines} lines")

    @cache
    def best(start: Place) -> tuple[int, int, tuple[int, ...], tuple[Page, ...]] | None:
        """What the best layout from the place on is compared by, and its pages."""
        if start == (len(blocks), 0):
            return 0, 0, (), ()
        found = []
        for page, free, end in possible_pages(blocks, height, start):
            rest = best(end)
            if rest is None:
                continue
            cost, pages, frees, others = rest
            last = end[0] == len(blocks)
            if not last and not (end[1] == 0 and blocks[end[0]][0] == "chapter"):
                cost += free**2
            found.append((cost, pages + 1, (free, *frees), (page, *others)))
        return min(found, default=None)

    layout = best((0, 0))
    return None if layout is None else list(layout[3])
