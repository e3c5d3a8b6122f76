class Ride:
    def __init__(self, moves, gears):
        self.moves = moves
        self.gears = gears
        self.state = (0, 0)
        self.points = 0

    def step(self):
        stop, gear = self.state
        self.points += gear
        laps, arrived = divmod(stop + self.moves[stop] + gear, len(self.moves))
        if laps:
            gear = 2 * gear + 1
        else:
            gear += self.moves[arrived]
        if arrived == stop:
            self.points -= 1
        self.state = (arrived, gear % self.gears)


def ride(moves, gears, steps):
    tour = Ride(moves, gears)
    history = {}
    done = 0
    while done < steps:
        if tour.state in history:
            before, points = history[tour.state]
            length = done - before
            rounds = steps // length - done // length
            tour.points += rounds * (tour.points - points)
            for _ in range(steps % length - done % length):
                tour.step()
            return [*tour.state, tour.points]
        history[tour.state] = (done, tour.points)
        tour.step()
        done += 1
    return [*tour.state, tour.points]
