from itertools import product


def open_lock(dials: list[int], links: list[list[int] | None], size: int) -> list[int] | None:
    """Return how often each dial is turned to open the lock, or None where it stays shut."""
    # The order of turns is of no matter, and `size` turns of one dial are as good as none.
    choices = [range(1) if moves is None else range(size) for moves in links]
    opening = [turns for turns in product(*choices) if opens(dials, links, size, turns)]
    if not opening:
        return None
    return list(min(opening, key=lambda turns: (sum(turns), turns)))


def opens(
    dials: list[int], links: list[list[int] | None], size: int, turns: tuple[int, ...]
) -> bool:
    """Tell whether all dials show 0 after the turns."""
    shown = list(dials)
    for count, moves in zip(turns, links, strict=True):
        if moves is not None:
            shown = [number + count * move for number, move in zip(shown, moves, strict=True)]
    return all(number % size == 0 for number in shown)
