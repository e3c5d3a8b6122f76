class Groups:
    def __init__(self, n):
        self.parent = list(range(n))
        self.members = [1] * n

    def find(self, a):
        root = a
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[a] != root:
            self.parent[a], a = root, self.parent[a]
        return root

    def union(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if self.members[a] < self.members[b]:
            a, b = b, a
        self.parent[b] = a
        self.members[a] += self.members[b]
        self.members[b] = 0
        return True


def cable_groups(count, seed, cables):
    groups = Groups(count)
    joined = total = 0
    first = -1 if count > 1 else 0
    touched = set()
    for k in range(1, cables + 1):
        seed = (seed * 22695477 + 1) % 4294967296
        a = seed // 256 % count
        seed = (seed * 22695477 + 1) % 4294967296
        b = seed // 256 % count
        touched.update((a, b))
        joined += groups.union(a, b)
        size = groups.members[groups.find(a)]
        total += size
        if first == -1 and size > count // 2:
            first = k
    return [joined, first, total, count - len(touched)]
