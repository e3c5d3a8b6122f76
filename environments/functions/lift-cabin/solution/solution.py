from dataclasses import dataclass

UP, NONE, DOWN = 1, 0, -1


@dataclass
class Person:
    """Somebody who wants to go from one floor to another."""

    name: str
    minute: int
    origin: int
    goal: int
    entered: int = -1

    @property
    def direction(self) -> int:
        """Where the person wants to go, seen from where the person waits."""
        return UP if self.goal > self.origin else DOWN


class Lift:
    """A house with one lift and those who wait for it."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.floor = 0
        self.direction = NONE
        self.waiting: list[Person] = []
        self.inside: list[Person] = []
        self.trips: dict[str, tuple[int, int] | None] = {}
        self.moved = 0

    def give_up(self, now: int, patience: int) -> None:
        """Send those to the stairs who have waited too long."""
        self.trips.update({p.name: None for p in self.waiting if now - p.minute >= patience})
        self.waiting = [p for p in self.waiting if now - p.minute < patience]

    def choose_direction(self) -> None:
        """Keep the direction, turn round, set off or rest."""
        here = [p for p in self.waiting if p.origin == self.floor]
        wanted = {p.goal for p in self.inside} | {p.origin for p in self.waiting}
        sides = {_sign(floor - self.floor) for floor in wanted} - {0}
        if self.direction and (
            self.direction in sides or any(p.direction == self.direction for p in here)
        ):
            return
        if self.direction and -self.direction in sides:
            self.direction = -self.direction
        elif here:
            self.direction = here[0].direction
        elif self.waiting:
            self.direction = _sign(self.waiting[0].origin - self.floor)
        else:
            self.direction = NONE

    def stop_or_move(self, now: int) -> None:
        """Let people out and in, or go one floor further."""
        leaving = [p for p in self.inside if p.goal == self.floor]
        entering = [
            p for p in self.waiting if p.origin == self.floor and p.direction == self.direction
        ]
        if not leaving and (not entering or len(self.inside) == self.room):
            self.floor += self.direction
            self.moved += abs(self.direction)
            return
        self.trips.update({p.name: (p.entered, now) for p in leaving})
        self.inside = [p for p in self.inside if p.goal != self.floor]
        for person in entering[: self.room - len(self.inside)]:
            person.entered = now
            self.inside.append(person)
            self.waiting.remove(person)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def run_lift(
    top: int, room: int, people: list[list], patience: int
) -> tuple[dict[str, tuple[int, int] | None], int]:
    """Return when each person got in and out, and by how many floors the cabin has moved."""
    # A stable sort: who comes first has waited longest, ties are in the order of the list.
    coming = sorted((Person(*row) for row in people), key=lambda person: person.minute)
    if len({p.name for p in coming}) < len(coming) or room < 1 or patience < 1:
        raise ValueError("names are unique, room and patience at least 1")
    for p in coming:
        if p.minute < 0 or p.origin == p.goal or not {p.origin, p.goal} <= set(range(top + 1)):
            raise ValueError(f"{p.name} cannot make such a trip")
    lift = Lift(room)
    now = 0
    while coming or lift.waiting or lift.inside:
        while coming and coming[0].minute == now:
            lift.waiting.append(coming.pop(0))
        lift.give_up(now, patience)
        lift.choose_direction()
        lift.stop_or_move(now)
        now += 1
    return lift.trips, lift.moved
