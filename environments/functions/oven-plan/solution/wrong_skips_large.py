def bake(orders, slots, rate, patience):
    names = [o[0] for o in orders]
    if len(set(names)) != len(names):
        raise ValueError("names")
    for name, arrives, minutes, heat, trays, due in orders:
        if arrives < 0 or minutes < 1 or heat < 1 or trays < 1 or trays > slots:
            raise ValueError(name)

    def rank(o):
        return (o[5], o[1], o[0])

    pending = sorted(orders, key=rank)
    running = []
    result = []
    heat, busy_until = 0, 0
    t = 0
    while pending:
        running = [r for r in running if r[0] > t]
        waiting = [o for o in pending if o[1] <= t]
        if t >= busy_until and waiting:
            old = [o for o in waiting if t - o[1] >= patience]
            fav = min(old, key=lambda o: (o[1], rank(o))) if old else None
            if fav and fav[3] != heat:
                if not running:
                    busy_until = t + -(-abs(fav[3] - heat) // rate)
                    heat = fav[3]
            else:
                queue = [o for o in waiting if o[3] == heat]
                if fav:
                    queue.remove(fav)
                    queue.insert(0, fav)
                for o in queue:
                    used = sum(r[1] for r in running)
                    if used + o[4] <= slots:
                        running.append((t + o[2], o[4]))
                        result.append((o[0], t, t + o[2], max(0, t + o[2] - o[5])))
                        pending.remove(o)
                        waiting.remove(o)
                if not running and waiting:
                    target = waiting[0][3]
                    busy_until = t + -(-abs(target - heat) // rate)
                    heat = target
        t += 1
    return result
