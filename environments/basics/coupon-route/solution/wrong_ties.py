from heapq import heappop, heappush


def cheapest_trip(legs, start, goal):
    neighbours = {}
    for source, target, price in legs:
        if price < 0:
            raise ValueError("negative price")
        neighbours.setdefault(source, []).append((target, price))
    best = {(start, 0): 0}
    came_from = {}
    heap = [(0, start, 0)]
    while heap:
        cost, node, used = heappop(heap)
        if cost > best[(node, used)]:
            continue
        for target, price in neighbours.get(node, []):
            options = [(cost + price, used)]
            if not used:
                options.append((cost + price // 2, 1))
            for new_cost, new_used in options:
                state = (target, new_used)
                if state not in best or new_cost < best[state]:
                    best[state] = new_cost
                    came_from[state] = (node, used)
                    heappush(heap, (new_cost, target, new_used))
    states = [state for state in [(goal, 0), (goal, 1)] if state in best]
    if not states:
        return None
    state = min(states, key=lambda s: best[s])
    total = best[state]
    stops = [state[0]]
    while state in came_from:
        state = came_from[state]
        stops.append(state[0])
    return total, stops[::-1]
