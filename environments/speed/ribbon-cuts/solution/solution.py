JOIN = 3


def worths(ribbon: str, start: int, longest: int) -> list[int]:
    """Return the worth of the pieces from a field on, of 1, 2, 3, ... fields."""
    found = []
    colours: set[str] = set()
    for size, colour in enumerate(ribbon[start : start + longest], 1):
        colours.add(colour)
        found.append(len(colours) ** 2 - size * (colour == ribbon[start]))
    return found


def best_cut(ribbon: str, shortest: int, longest: int) -> int | None:
    """Return the largest sum of the worths of the pieces, or None if there is no way to cut."""
    # For each place, the best sum of all that lies before it, by the size of the last piece.
    best: list[dict[int, int]] = [{} for _ in range(len(ribbon) + 1)]
    best[0][0] = 0
    for start in range(len(ribbon)):
        joined = JOIN if start and ribbon[start - 1] == ribbon[start] else 0
        for size, worth in enumerate(worths(ribbon, start, longest), 1):
            before = [total for last, total in best[start].items() if last != size]
            if size >= shortest and before:
                best[start + size][size] = max(before) + worth + joined
    return max(best[-1].values(), default=None)
