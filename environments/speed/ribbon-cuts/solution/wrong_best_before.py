def best_cut(ribbon, shortest, longest):
    n = len(ribbon)
    # best[i]: (earned, size of the last piece) for the first i fields
    best = [None] * (n + 1)
    best[0] = (0, 0)
    for end in range(1, n + 1):
        for size in range(shortest, longest + 1):
            start = end - size
            if start < 0 or best[start] is None or best[start][1] == size:
                continue
            text = ribbon[start:end]
            value = len(set(text)) ** 2
            if text[0] == text[-1]:
                value -= size
            if start and ribbon[start - 1] == ribbon[start]:
                value += 3
            total = best[start][0] + value
            if best[end] is None or total > best[end][0]:
                best[end] = (total, size)
    return None if best[n] is None else best[n][0]
