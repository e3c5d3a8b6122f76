from collections import namedtuple

Person = namedtuple("Person", "name minute origin goal")


def way(a, b):
    return 1 if b > a else -1 if b < a else 0


def run_lift(top, room, people, patience):
    people = [Person(*p) for p in people]
    if room <= 0 or patience <= 0 or len({p.name for p in people}) != len(people):
        raise ValueError("bad input")
    for p in people:
        if p.origin == p.goal or p.minute < 0:
            raise ValueError("bad person")
        if min(p.origin, p.goal) < 0 or max(p.origin, p.goal) > top:
            raise ValueError("no such floor")

    result, boarded = {}, {}
    waiting, cabin = [], []
    floor, direction, moved, now = 0, 0, 0, 0
    while len(result) < len(people):
        waiting.extend(p for p in people if p.minute == now)
        for p in [p for p in waiting if now - p.minute > patience]:
            waiting.remove(p)
            result[p.name] = None

        here = [p for p in waiting if p.origin == floor]
        wanted = [p.goal for p in cabin] + [p.origin for p in waiting]
        ahead = any(way(floor, w) == direction for w in wanted) and direction != 0
        if direction and (ahead or any(way(floor, p.goal) == direction for p in here)):
            pass
        elif direction and any(way(floor, w) == -direction for w in wanted):
            direction = -direction
        elif here:
            direction = way(floor, here[0].goal)
        elif wanted:
            direction = way(floor, min(wanted, key=lambda w: abs(w - floor)))
        else:
            direction = 0

        getting_in = [p for p in here if way(floor, p.goal) == direction]
        getting_out = [p for p in cabin if p.goal == floor]
        if getting_out or (getting_in and len(cabin) < room):
            for p in getting_out:
                cabin.remove(p)
                result[p.name] = (boarded[p.name], now)
            for p in getting_in[: room - len(cabin)]:
                waiting.remove(p)
                cabin.append(p)
                boarded[p.name] = now
        else:
            floor += direction
            moved += direction * direction
        now += 1
    return result, moved
