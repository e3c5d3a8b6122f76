def cable_groups(count, seed, cables):
    group = list(range(count))
    x = seed
    joined = 0
    half = 0 if count == 1 else -1
    total = 0
    for k in range(1, cables + 1):
        x = (x * 22695477 + 1) % 4294967296
        a = group[x // 256 % count]
        x = (x * 22695477 + 1) % 4294967296
        b = group[x // 256 % count]
        if a != b:
            group = [a if g == b else g for g in group]
            joined += 1
        size = group.count(a)
        total += size
        if half == -1 and size * 2 > count:
            half = k
    return [joined, half, total, sum(1 for c in range(count) if group.count(c) == 1)]
