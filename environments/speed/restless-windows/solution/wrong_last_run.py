from collections import deque


def restless_windows(count, seed, width, limit):
    x, level = seed, 0
    values = []
    highs, lows = deque(), deque()
    total = run = best = 0
    where = -1
    for i in range(count):
        if i:
            x = (x * 1103515245 + 12345) % 2147483648
            level += x // 65536 % 11 - 5
        values.append(level)
        while highs and values[highs[-1]] <= level:
            highs.pop()
        highs.append(i)
        while lows and values[lows[-1]] >= level:
            lows.pop()
        lows.append(i)
        if highs[0] <= i - width:
            highs.popleft()
        if lows[0] <= i - width:
            lows.popleft()
        if i < width - 1:
            continue
        if values[highs[0]] - values[lows[0]] > limit:
            total += 1
            run += 1
            if run >= best:
                best = run
                where = i - width + 1 - run + 1
        else:
            run = 0
    return [total, where, best]
