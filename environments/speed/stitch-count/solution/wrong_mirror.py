import re


def count_stitches(pattern, start, end):
    tokens = re.findall(r"[kpys(\[\])]|\d+", pattern)
    pos = 0

    def number():
        nonlocal pos
        if pos < len(tokens) and tokens[pos].isdigit():
            pos += 1
            return int(tokens[pos - 1])
        return 1

    def sequence():
        nonlocal pos
        nodes = []
        while pos < len(tokens) and tokens[pos] not in ")]":
            token = tokens[pos]
            pos += 1
            if token in "([":
                inner = sequence()
                pos += 1
                if token == "[":
                    # the way back is the same parts in reversed order
                    inner = inner + inner[::-1]
                nodes.append(make(inner, number()))
            else:
                nodes.append(({token: 1}, 1, None, number()))
        return nodes

    def make(children, times):
        counts, size = {}, 0
        for child_counts, child_size, _, child_times in children:
            size += child_size * child_times
            for kind, n in child_counts.items():
                counts[kind] = counts.get(kind, 0) + n * child_times
        return (counts, size, children, times)

    def before(node, n, out):
        counts, size, children, times = node
        full = min(n // size, times)
        for kind, c in counts.items():
            out[kind] = out.get(kind, 0) + c * full
        n -= full * size
        if full == times or n == 0 or children is None:
            return
        for child in children:
            take = min(n, child[1] * child[3])
            before(child, take, out)
            n -= take
            if n == 0:
                break

    nodes = sequence()
    if not nodes:
        return {}
    root = make(nodes, 1)
    low, high = {}, {}
    before(root, start, low)
    before(root, end, high)
    return {kind: high[kind] - low.get(kind, 0) for kind in high if high[kind] > low.get(kind, 0)}
