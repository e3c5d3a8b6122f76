def build_waves(parts, goals, width):
    if width < 1:
        raise ValueError("no room in a wave")

    before = {}

    def visit(name):
        if name in before:
            return
        record = parts[name]
        before[name] = set()
        for entry in record.get("needs", []):
            for option in entry.split("|"):
                if option in parts:
                    before[name].add(option)
                    break
            else:
                raise KeyError(entry)
        for need in list(before[name]):
            visit(need)

    for goal in goals:
        visit(goal)
    for name, earlier in before.items():
        earlier |= {a for a in parts[name].get("after", []) if a in before}

    behind = {}

    def followers(name, path):
        if name in path:
            raise ValueError("circle")
        if name not in behind:
            total = set()
            for other, earlier in before.items():
                if name in earlier:
                    total |= {other} | followers(other, path | {name})
            behind[name] = total
        return behind[name]

    for name in before:
        followers(name, frozenset())
        if parts[name].get("heavy") and width == 1:
            raise ValueError("too heavy")

    waves, done = [], set()
    while len(done) < len(before):
        ready = sorted(n for n in before if n not in done and before[n] <= done)
        ready.sort(key=lambda n: len(behind[n]), reverse=True)
        wave, room = [], width
        for name in ready:
            room -= 2 if parts[name].get("heavy") else 1
            if room < 0:
                break
            wave.append(name)
        waves.append(sorted(wave))
        done |= set(wave)
    return waves
