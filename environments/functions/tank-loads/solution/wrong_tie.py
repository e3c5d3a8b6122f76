def plan_loads(needs, prices, tank, load, fee):
    best = None

    def go(day, water, cost, loads):
        nonlocal best
        if best is not None and cost > best[0]:
            return
        if day == len(needs):
            if best is None or (cost, loads) < best:
                best = (cost, loads)
            return
        n = 0
        while water + n * load <= tank:
            rest = water + n * load - needs[day]
            if rest >= 0:
                extra = n * prices[day]
                if n > 0:
                    extra += fee
                go(day + 1, rest, cost + extra, loads + [n])
            n += 1

    go(0, 0, 0, [])
    return best
