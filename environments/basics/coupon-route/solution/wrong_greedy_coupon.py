import heapq


def cheapest_trip(legs, start, goal):
    graph = {}
    for a, b, price in legs:
        if price < 0:
            raise ValueError("negative price")
        graph.setdefault(a, []).append((b, price))

    best = None
    queue = [(0, 0, [start], [])]
    visited = set()
    while queue:
        cost, count, path, prices = heapq.heappop(queue)
        node = path[-1]
        if node == goal:
            # use the coupon on the most expensive leg
            saved = max((price - price // 2 for price in prices), default=0)
            best = (cost - saved, path)
            break
        if node in visited:
            continue
        visited.add(node)
        for target, price in graph.get(node, []):
            heapq.heappush(queue, (cost + price, count + 1, path + [target], prices + [price]))

    # the direct leg may be the better one to halve
    direct = [price // 2 for target, price in graph.get(start, []) if target == goal]
    if best is not None and direct and start != goal and min(direct) <= best[0]:
        best = (min(direct), [start, goal])
    return best
