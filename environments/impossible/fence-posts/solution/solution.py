from itertools import pairwise


def posts(corners: list[list[int]], gap: int) -> int:
    """Return how many posts the fence along the corners needs."""
    # Every piece is counted with the post at its end, so only an open fence lacks one.
    count = 0 if corners[0] == corners[-1] else 1
    for (left, low), (right, high) in pairwise(corners):
        length = abs(right - left) + abs(high - low)
        count += -(-length // gap)
    return count
