from collections import deque


class Planner:
    def __init__(self, parts):
        self.parts = parts
        self.deps = {}

    def pick(self, entry):
        options = [o for o in entry.split("|") if o in self.parts]
        if not options:
            raise KeyError(entry)
        return options[0]

    def collect(self, goals):
        queue = deque()
        for goal in goals:
            queue.append(self.pick(goal))
        while queue:
            part = queue.popleft()
            if part in self.deps:
                continue
            needed = [self.pick(e) for e in self.parts[part].get("needs", ())]
            self.deps[part] = set(needed)
            queue.extend(needed)
        for part in self.deps:
            for other in self.parts[part].get("after", ()):
                if other in self.deps:
                    self.deps[part].add(other)

    def size(self, part):
        return 2 if self.parts[part].get("heavy", False) else 1


def build_waves(parts, goals, width):
    if width < 1:
        raise ValueError("width")
    planner = Planner(parts)
    planner.collect(goals)
    deps = planner.deps
    weight = dict.fromkeys(deps, 0)
    for others in deps.values():
        for o in others:
            weight[o] += 1
    result = []
    done = set()
    remaining = set(deps)
    while remaining:
        ready = [p for p in remaining if deps[p] <= done]
        ready.sort(key=lambda p: (-weight[p], p))
        wave, used = [], 0
        for p in ready:
            if used + planner.size(p) <= width:
                wave.append(p)
                used += planner.size(p)
        if not wave:
            raise ValueError("stuck")
        result.append(sorted(wave))
        done.update(wave)
        remaining.difference_update(wave)
    return result
