import sys

sys.setrecursionlimit(10000)


def break_pages(blocks, height):
    if height < 1:
        raise ValueError("height")
    for kind, lines in blocks:
        if lines < 1 or kind not in {"text", "table", "head", "chapter"}:
            raise ValueError("bad block")
    n = len(blocks)
    memo = {}

    def solve(i, offset):
        if i == n:
            return (0, 0, [], [])
        if (i, offset) in memo:
            return memo[i, offset]
        best = None
        items = []
        used = 0
        j, off = i, offset
        while j < n:
            kind, total = blocks[j]
            if items:
                if kind == "chapter":
                    break
                used += 1
            room = height - used
            remaining = total - off
            options = []
            if kind == "text":
                options = [k for k in range(2, room + 1) if k < remaining]
            for k in options:
                best = better(best, items + [(j, k)], height - used - k, j, off + k)
            if remaining > room:
                break
            items.append((j, remaining))
            used += remaining
            j, off = j + 1, 0
            if kind in ("text", "table") or j == n:
                best = better(best, items[:], height - used, j, 0)
        memo[i, offset] = best
        return best

    def better(best, items, free, j, off):
        rest = solve(j, off)
        if rest is None:
            return best
        cost = free * free
        if j == n or (off == 0 and blocks[j][0] == "chapter"):
            cost = 0
        candidate = (rest[0] + cost, rest[1] + 1, [free] + rest[2], [items] + rest[3])
        if best is None or candidate[:3] < best[:3]:
            return candidate
        return best

    answer = solve(0, 0)
    return answer[3] if answer else None
