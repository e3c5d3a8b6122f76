from collections import deque


def open_lock(dials, links, size):
    start = tuple(dials)
    goal = (0,) * len(dials)
    seen = {start: [0] * len(dials)}
    queue = deque([start])
    while queue:
        state = queue.popleft()
        if state == goal:
            return seen[state]
        for i, moves in enumerate(links):
            if moves is None:
                continue
            following = tuple((number + move) % size for number, move in zip(state, moves))
            if following not in seen:
                turns = seen[state][:]
                turns[i] += 1
                seen[following] = turns
                queue.append(following)
    return None
