def piece(text):
    value = len(set(text)) ** 2
    if text[0] == text[-1]:
        value -= len(text)
    return value


def best_cut(ribbon, shortest, longest):
    def rest(start, last):
        if start == len(ribbon):
            return 0
        best = None
        for size in range(shortest, longest + 1):
            if size == last or start + size > len(ribbon):
                continue
            after = rest(start + size, size)
            if after is None:
                continue
            value = piece(ribbon[start : start + size]) + after
            if start > 0 and ribbon[start - 1] == ribbon[start]:
                value += 3
            if best is None or value > best:
                best = value
        return best

    return rest(0, None)
