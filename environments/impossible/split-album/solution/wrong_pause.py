from functools import lru_cache


def split_album(lengths, limit):
    if lengths and max(lengths) > limit:
        raise ValueError("a song is longer than a side")
    n = len(lengths)

    @lru_cache(maxsize=None)
    def solve(i):
        if i == n:
            return (0, 0, ())
        candidates = []
        for j in range(i + 1, n + 1):
            used = sum(length + 4 for length in lengths[i:j])
            if used > limit and j > i + 1:
                break
            sides, cost, parts = solve(j)
            rest = 0 if j == n else max(0, limit - used)
            candidates.append((sides + 1, cost + rest * rest, (i - j,) + parts))
        return min(candidates)

    return [-part for part in solve(0)[2]]
