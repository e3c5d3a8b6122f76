def step(stop: int, gear: int, moves: list[int], gears: int) -> tuple[int, int, int]:
    """Return the stop and the gear after a step, and the points that it brings."""
    far = stop + moves[stop] + gear
    arrived = far % len(moves)
    change = gear + 1 if far >= len(moves) else moves[arrived]
    return arrived, (gear + change) % gears, gear - (arrived == stop)


def ride(moves: list[int], gears: int, steps: int) -> list[int]:
    """Return the stop, the gear and the points after that many steps."""
    seen: dict[tuple[int, int], int] = {}
    points = [0]
    stop = gear = 0
    while len(points) <= steps:
        if (stop, gear) in seen:
            # From here on everything repeats.
            begin = seen[stop, gear]
            rounds, rest = divmod(steps - begin, len(points) - 1 - begin)
            total = points[begin + rest] + rounds * (points[-1] - points[begin])
            stop, gear = list(seen)[begin + rest]
            return [stop, gear, total]
        seen[stop, gear] = len(points) - 1
        stop, gear, gained = step(stop, gear, moves, gears)
        points.append(points[-1] + gained)
    return [stop, gear, points[-1]]
