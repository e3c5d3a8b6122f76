from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle with horizontal and vertical edges."""

    left: int
    low: int
    right: int
    high: int


HEIGHT = 2


def places(x: int, y: int, width: int) -> dict[str, Box]:
    """Return where a label of this width can stand at a point, in the order of trying."""
    corners = {
        "ne": (x + 1, y + 1),
        "se": (x + 1, y - 3),
        "nw": (x - 1 - width, y + 1),
        "sw": (x - 1 - width, y - 3),
        "n": (x - width // 2, y + 1),
        "s": (x - width // 2, y - 3),
    }
    return {
        place: Box(left, low, left + width, low + HEIGHT) for place, (left, low) in corners.items()
    }


def overlap(one: Box, other: Box) -> bool:
    """Say whether two boxes have some area in common."""
    across = one.left < other.right and other.left < one.right
    return across and one.low < other.high and other.low < one.high


def passes(road: list[int], box: Box) -> bool:
    """Say whether a road has a point inside the box."""
    x1, y1, x2, y2 = road
    if max(x1, x2) <= box.left or min(x1, x2) >= box.right:
        return False
    if max(y1, y2) <= box.low or min(y1, y2) >= box.high:
        return False
    # The road stays outside only if all corners lie on one side of its line.
    sides = [
        (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        for x in (box.left, box.right)
        for y in (box.low, box.high)
    ]
    return (x1, y1) == (x2, y2) or min(sides) < 0 < max(sides)


def check(size: list[int], points: list[list]) -> None:
    """Raise ValueError for points that cannot be."""
    width, height = size
    for name, x, y, rank in points:
        if not (0 <= x <= width and 0 <= y <= height):
            raise ValueError(f"{name!r} lies outside the map")
        if not name or rank < 0:
            raise ValueError("a point has a name and no negative rank")
    if len({(x, y) for _, x, y, _ in points}) < len(points):
        raise ValueError("two points lie at the same place")


def place_labels(
    size: list[int], points: list[list], roads: list[list[int]]
) -> list[tuple[str, str] | None]:
    """Return the text and the place of each point's label."""
    check(size, points)
    placed: list[Box] = []

    def is_free(box: Box) -> bool:
        return (
            (box.left >= 0 and box.low >= 0 and box.right <= size[0] and box.high <= size[1])
            and not any(overlap(box, other) for other in placed)
            and not any(
                box.left <= x <= box.right and box.low <= y <= box.high for _, x, y, _ in points
            )
            and not any(passes(road, box) for road in roads)
        )

    def label(name: str, x: int, y: int) -> tuple[str, str] | None:
        for text in (name, name[:3] + ".") if len(name) > 4 else (name,):
            for place, box in places(x, y, len(text)).items():
                if is_free(box):
                    placed.append(box)
                    return text, place
        return None

    labels: list[tuple[str, str] | None] = [None] * len(points)
    for at in sorted(range(len(points)), key=lambda at: (-points[at][3], points[at][0], at)):
        name, x, y, rank = points[at]
        if rank:
            labels[at] = label(name, x, y)
    return labels
