def ride(moves, gears, steps):
    stop = gear = points = 0
    n = len(moves)
    for _ in range(steps):
        points += gear
        target = stop + moves[stop] + gear
        arrived = target % n
        if target >= n:
            gear = gear * 2 + 1
        else:
            gear = gear + moves[arrived]
        while gear >= gears:
            gear -= gears
        if arrived == stop:
            points -= 1
        stop = arrived
    return [stop, gear, points]
