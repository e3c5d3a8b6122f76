"""Finds the cheapest tickets."""

import bisect

Purchase = tuple[int, str]
SINGLE = "single"


def check(days: list[list], single: int, passes: list[list]) -> None:
    """Raise ValueError unless tickets can be found."""
    if single < 0 or any(price < 0 for _, _, price in passes):
        raise ValueError("a price must not be negative")
    if any(length < 1 for _, length, _ in passes) or any(rides < 1 for _, rides in days):
        raise ValueError("lengths and rides are at least 1")
    if len({day for day, _ in days}) != len(days):
        raise ValueError("a day is there twice")


def cheapest(days: list[list], single: int, passes: list[list]) -> tuple[int, list[Purchase]]:
    """Return the lowest total, and what is bought for it."""
    check(days, single, passes)
    ordered = sorted(days)
    numbers = [day for day, _ in days]
    # For each day: total, number and list of the purchases from this day on; behind the last, none.
    best: list[tuple[int, int, list[Purchase]]] = [(0, 0, [])] * (len(ordered) + 1)
    for at in range(len(ordered) - 1, -1, -1):
        day, rides = ordered[at]
        offers = [(SINGLE, at + 1, rides * single)]
        for name, length, price in passes:
            offers.append((name, bisect.bisect_left(numbers, day + length), price))
        ways = []
        for name, then, price in offers:
            total, count, purchases = best[then]
            ways.append((total + price, count + 1, [(day, name), *purchases]))
        best[at] = min(ways)
    total, _, purchases = best[0]
    return total, purchases
