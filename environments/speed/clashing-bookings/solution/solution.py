from bisect import bisect_right
from itertools import accumulate

Booking = tuple[int, int]


def overlapping(bookings: list[Booking]) -> int:
    """Return how many pairs of bookings overlap."""
    starts = sorted(start for start, _ in bookings)
    ends = sorted(end for _, end in bookings)
    # Of those that begin before, each overlaps that has not ended yet.
    return sum(at - bisect_right(ends, start) for at, start in enumerate(starts))


def clashes(count: int, seed: int, span: int, longest: int, owners: int) -> list[int]:
    """Return how many bookings clash, take place at once at most, and overlap with none."""
    bookings: list[Booking] = []
    by_owner: dict[int, list[Booking]] = {}
    for _ in range(count):
        seed = (seed * 134775813 + 1) % 4294967296
        start = seed // 4096 % span
        seed = (seed * 134775813 + 1) % 4294967296
        end = start + 1 + seed // 4096 % longest
        seed = (seed * 134775813 + 1) % 4294967296
        bookings.append((start, end))
        by_owner.setdefault(seed // 4096 % owners, []).append((start, end))
    clashing = overlapping(bookings) - sum(map(overlapping, by_owner.values()))
    bookings.sort()
    ends = sorted(end for _, end in bookings)
    most = max(
        (at + 1 - bisect_right(ends, each[0]) for at, each in enumerate(bookings)), default=0
    )
    latest = [0, *accumulate((end for _, end in bookings), max)]
    following = [start for start, _ in bookings[1:]]
    following.append(span + longest + 1)
    alone = sum(
        latest[at] <= start and end <= following[at] for at, (start, end) in enumerate(bookings)
    )
    return [clashing, most, alone]
