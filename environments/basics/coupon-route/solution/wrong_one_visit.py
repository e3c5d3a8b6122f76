import heapq


def cheapest_trip(legs, start, goal):
    graph = {}
    for a, b, price in legs:
        if price < 0:
            raise ValueError("negative price")
        graph.setdefault(a, []).append((b, price))

    queue = [(0, 0, [start], False)]
    visited = set()
    while queue:
        cost, count, path, used = heapq.heappop(queue)
        node = path[-1]
        if node == goal:
            return cost, path
        if node in visited:
            continue
        visited.add(node)
        for target, price in graph.get(node, []):
            if target in visited:
                continue
            heapq.heappush(queue, (cost + price, count + 1, path + [target], used))
            if not used:
                heapq.heappush(queue, (cost + price // 2, count + 1, path + [target], True))
    return None
