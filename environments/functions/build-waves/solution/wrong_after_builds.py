def build_waves(parts, goals, width):
    if width < 1:
        raise ValueError
    deps = {}
    todo = list(goals)
    while todo:
        n = todo.pop()
        if n in deps:
            continue
        deps[n] = []
        for e in parts[n].get("needs", []):
            found = next((x for x in e.split("|") if x in parts), None)
            if found is None:
                raise KeyError(e)
            deps[n].append(found)
        deps[n] += [a for a in parts[n].get("after", []) if a in parts]
        todo += deps[n]

    done, waves = [], []
    while len(done) < len(deps):
        wave = sorted(n for n in deps if n not in done and all(d in done for d in deps[n]))[:width]
        if not wave:
            raise ValueError("cycle")
        waves.append(wave)
        done += wave
    return waves
