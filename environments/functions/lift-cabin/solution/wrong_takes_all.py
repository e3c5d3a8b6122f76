def run_lift(top, room, people, patience):
    if room < 1 or patience < 1:
        raise ValueError("room and patience")
    names = set()
    for name, minute, a, b in people:
        if name in names or minute < 0 or a == b:
            raise ValueError(name)
        if not (0 <= a <= top and 0 <= b <= top):
            raise ValueError(name)
        names.add(name)

    state = {p[0]: "away" for p in people}
    since = {}
    trips = {}
    floor = moved = direction = minute = 0
    cabin = []
    queue = []

    while any(s in ("away", "waits", "rides") for s in state.values()):
        for p in people:
            if p[1] == minute:
                queue.append(p)
                state[p[0]] = "waits"
        for p in queue[:]:
            if minute - p[1] >= patience:
                queue.remove(p)
                state[p[0]] = "stairs"
                trips[p[0]] = None

        here = [p for p in queue if p[2] == floor]
        targets = [p[3] for p in cabin] + [p[2] for p in queue]
        above = any(t > floor for t in targets)
        below = any(t < floor for t in targets)
        going_up = any(p[3] > p[2] for p in here)
        going_down = any(p[3] < p[2] for p in here)
        if direction == 1 and (above or going_up):
            pass
        elif direction == -1 and (below or going_down):
            pass
        elif direction == 1 and below:
            direction = -1
        elif direction == -1 and above:
            direction = 1
        elif here:
            direction = 1 if here[0][3] > floor else -1
        elif queue:
            direction = 1 if queue[0][2] > floor else -1
        else:
            direction = 0

        out = [p for p in cabin if p[3] == floor]
        if out or (here and len(cabin) < room):
            for p in out:
                cabin.remove(p)
                state[p[0]] = "done"
                trips[p[0]] = (since[p[0]], minute)
            for p in here:
                if len(cabin) < room:
                    cabin.append(p)
                    queue.remove(p)
                    state[p[0]] = "rides"
                    since[p[0]] = minute
        else:
            floor += direction
            moved += abs(direction)
        minute += 1
    return trips, moved
