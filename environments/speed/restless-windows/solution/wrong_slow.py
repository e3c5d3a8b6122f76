def restless_windows(count, seed, width, limit):
    x = seed
    r = [0]
    for i in range(1, count):
        x = (x * 1103515245 + 12345) % 2147483648
        r.append(r[-1] + x // 65536 % 11 - 5)
    flags = []
    for i in range(count - width + 1):
        window = r[i : i + width]
        flags.append(max(window) - min(window) > limit)
    runs = []
    start = None
    for i, flag in enumerate(flags + [False]):
        if flag and start is None:
            start = i
        elif not flag and start is not None:
            runs.append((i - start, -start))
            start = None
    if not runs:
        return [0, -1, 0]
    length, start = max(runs)
    return [sum(flags), -start, length]
