import heapq


def cheapest_trip(legs, start, goal):
    graph = {}
    for a, b, price in legs:
        if price < 0:
            raise ValueError("negative price")
        graph.setdefault(a, []).append((b, price))

    if start == goal:
        return (0, [start])

    def saving(prices):
        return max(price - price // 2 for price in prices)

    best = None
    queue = [(0, [start], [])]
    visited = set()
    while queue:
        cost, path, prices = heapq.heappop(queue)
        node = path[-1]
        if node == goal:
            candidate = (cost - saving(prices), len(path), path)
            if best is None or candidate < best:
                best = candidate
            continue
        if node in visited:
            continue
        visited.add(node)
        for target, price in graph.get(node, []):
            heapq.heappush(queue, (cost + price, path + [target], prices + [price]))
    if best is None:
        return None
    return best[0], best[2]
