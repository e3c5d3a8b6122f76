def valve_round(pipes, spring, turns):
    edges = []
    for p in pipes:
        v = None
        if ":" in p:
            p, v = p.split(":")
        if ">" in p:
            a, b = p.split(">")
            edges.append([a, b, v])
        else:
            a, b = p.split("-")
            edges.append([a, b, v])
            edges.append([b, a, v])

    wet = {spring}

    def spread():
        changed = True
        while changed:
            changed = False
            for a, b, v in edges:
                if a in wet and b not in wet and (v is None or v in open_valves):
                    wet.add(b)
                    changed = True

    open_valves = []
    spread()
    known = [v for _, _, v in edges if v]
    result = []
    for t in turns:
        if t not in known:
            raise KeyError(t)
        before = set(wet)
        if t in open_valves:
            open_valves.remove(t)
            # whatever hung behind this valve runs dry
            for a, b, v in edges:
                if v == t and b in wet and b != spring:
                    wet.discard(b)
        else:
            open_valves.append(t)
        spread()
        result.append((sorted(wet - before), sorted(before - wet)))
    return result
