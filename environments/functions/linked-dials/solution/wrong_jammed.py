import itertools


def open_lock(dials, links, size):
    n = len(dials)
    jammed = [i for i in range(n) if links[i] is None]
    best = None
    for counts in itertools.product(range(size), repeat=n):
        if any(counts[i] for i in jammed):
            continue
        ok = True
        for j in range(n):
            if j in jammed:
                # a jammed dial does not move
                total = dials[j]
            else:
                total = dials[j] + sum(counts[i] * links[i][j] for i in range(n) if i not in jammed)
            if total % size:
                ok = False
                break
        if ok and (best is None or sum(counts) < sum(best)):
            best = list(counts)
    return best
