"""Makes shapes of what callers give."""

from board.shapes import Box, Disc, Shape

KINDS = {"box": (Box, 4), "disc": (Disc, 3)}


def make_shape(kind: str, numbers: list[int]) -> Shape:
    """Return a shape, or raise ValueError."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind: {kind!r}")
    maker, count = KINDS[kind]
    if len(numbers) != count:
        raise ValueError(f"a {kind} has {count} numbers")
    if min(numbers[2:]) < 1:
        raise ValueError("a size is at least 1")
    return maker(*numbers)
