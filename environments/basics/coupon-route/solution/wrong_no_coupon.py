import heapq


def cheapest_trip(legs, start, goal):
    graph = {}
    for a, b, price in legs:
        if price < 0:
            raise ValueError("negative price")
        graph.setdefault(a, []).append((b, price))
    heap = [(0, 1, [start])]
    seen = set()
    while heap:
        cost, length, path = heapq.heappop(heap)
        if path[-1] == goal:
            return cost, path
        if path[-1] in seen:
            continue
        seen.add(path[-1])
        for target, price in graph.get(path[-1], []):
            heapq.heappush(heap, (cost + price, length + 1, path + [target]))
    return None
