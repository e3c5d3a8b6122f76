PAUSE = 4


def split_album(lengths: list[int], limit: int) -> list[int]:
    """Return the numbers of songs on the sides."""
    if any(length > limit for length in lengths):
        raise ValueError("a song does not fit on a side")

    # For the songs from each one on: how many sides, the squares of the rests, and minus the numbers
    # of songs, so that of equally good ways the one with more songs on an earlier side is smaller.
    best: list[tuple[int, int, list[int]]] = [(0, 0, [])]
    for start in reversed(range(len(lengths))):
        ways = []
        taken = -PAUSE
        for count, length in enumerate(lengths[start:], start=1):
            taken += PAUSE + length
            if taken > limit:
                break
            sides, squares, counts = best[count - 1]
            rest = limit - taken if counts else 0
            ways.append((sides + 1, squares + rest**2, [-count, *counts]))
        best.insert(0, min(ways))
    return [-count for count in best[0][2]]
