import heapq


def clashes(count, seed, span, longest, owners):
    rows = []
    for _ in range(count):
        values = []
        for _ in range(3):
            seed = (seed * 134775813 + 1) % 4294967296
            values.append(seed // 4096)
        start = values[0] % span
        rows.append((start, start + 1 + values[1] % longest, values[2] % owners))
    rows.sort()
    running = []
    per_owner = {}
    pairs = most = 0
    for start, end, owner in rows:
        while running and running[0][0] <= start:
            _, gone = heapq.heappop(running)
            per_owner[gone] -= 1
        pairs += len(running) - per_owner.get(owner, 0)
        heapq.heappush(running, (end, owner))
        per_owner[owner] = per_owner.get(owner, 0) + 1
        most = max(most, len(running))
    alone = 0
    for i, (start, end, _) in enumerate(rows):
        free_before = i == 0 or rows[i - 1][1] <= start
        free_after = i == len(rows) - 1 or rows[i + 1][0] >= end
        alone += free_before and free_after
    return [pairs, most, alone]
