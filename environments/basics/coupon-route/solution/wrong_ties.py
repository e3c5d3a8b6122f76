import itertools
from heapq import heappop, heappush


def cheapest_trip(legs, start, goal):
    neighbours = {}
    for source, target, price in legs:
        if price < 0:
            raise ValueError("negative price")
        neighbours.setdefault(source, []).append((target, price))

    order = itertools.count()
    heap = [(0, 1, next(order), [start], 1)]
    done = set()
    while heap:
        cost, length, _, path, coupons = heappop(heap)
        node = path[-1]
        if node == goal:
            return cost, path
        if (node, coupons) in done:
            continue
        done.add((node, coupons))
        for target, price in neighbours.get(node, []):
            new_path = path + [target]
            heappush(heap, (cost + price, length + 1, next(order), new_path, coupons))
            if coupons:
                heappush(heap, (cost + price // 2, length + 1, next(order), new_path, 0))
    return None
