import collections


def valve_round(pipes, spring, turns):
    graph = collections.defaultdict(set)
    valves = {}
    for text in pipes:
        name, valve = text.split(":") if ":" in text else (text, None)
        oneway = ">" in name
        a, b = name.split(">" if oneway else "-")
        links = [(a, b)] if oneway else [(a, b), (b, a)]
        if valve is None:
            for x, y in links:
                graph[x].add(y)
        else:
            valves[valve] = links

    def flood(extra):
        seen, stack = set(), [spring]
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            stack.extend(graph[node])
            stack.extend(y for x, y in extra if x == node)
        return seen

    is_open = {v: False for v in valves}
    state = flood([])
    out = []
    for turn in turns:
        is_open[turn] = not is_open[turn]
        new = flood([link for v, on in is_open.items() if on for link in valves[v]])
        out.append((sorted(new - state), sorted(state - new)))
        state = new
    return out
