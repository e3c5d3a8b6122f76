import heapq

Trip = tuple[int, list[str]]


def cheapest_trip(legs: list[list], start: str, goal: str) -> Trip | None:
    """Return the lowest total and the stops of the best trip that uses at most one coupon."""
    onward: dict[str, list[tuple[str, int]]] = {}
    for origin, target, price in legs:
        if price < 0:
            raise ValueError("a price must not be negative")
        onward.setdefault(origin, []).append((target, price))

    # A trip is known by what decides between trips: total, number of legs, stops.
    waiting = [(0, 0, [start], False)]
    settled = set()
    while waiting:
        total, count, stops, used = heapq.heappop(waiting)
        here = stops[-1]
        if here == goal:
            return total, stops
        if (here, used) in settled:
            continue
        settled.add((here, used))
        for target, price in onward.get(here, []):
            longer = [*stops, target]
            heapq.heappush(waiting, (total + price, count + 1, longer, used))
            if not used:
                heapq.heappush(waiting, (total + price // 2, count + 1, longer, True))
    return None
