"""Plans when pots are fired."""

from dataclasses import dataclass

HEATING_MINUTES = 1
COOLING_MINUTES = 2


@dataclass
class Kiln:
    """A kiln, as it is behind the jobs that it already has."""

    number: int
    free_from: int = 0
    heat: int = 0

    def change_minutes(self, heat: int) -> int:
        """Return how long it takes to get to a heat."""
        if heat >= self.heat:
            return (heat - self.heat) * HEATING_MINUTES
        return (self.heat - heat) * COOLING_MINUTES

    def earliest(self, heat: int, ready: int) -> int:
        """Return when a job can start that is ready in some minute."""
        return max(ready, self.free_from + self.change_minutes(heat))


def check(jobs: list[list], kilns: int) -> None:
    """Raise ValueError unless jobs can be planned, circles apart."""
    names = [name for name, _, _, _ in jobs]
    if kilns < 1 or len(set(names)) != len(names):
        raise ValueError("there is no kiln, or two jobs have the same name")
    for name, minutes, heat, after in jobs:
        if minutes < 1 or heat < 0:
            raise ValueError(f"{name} cannot be fired")
        if not set(after) <= set(names):
            raise ValueError(f"{name} comes after an unknown job")


def next_job(waiting: list[list], ends: dict[str, int]) -> list:
    """Return the first job for which all that it comes after is planned."""
    for job in waiting:
        if all(name in ends for name in job[3]):
            return job
    raise ValueError("jobs come after each other in a circle")


def plan(jobs: list[list], kilns: int) -> list[tuple[str, int, int, int]]:
    """Return name, kiln, start and end of each job, in the order in which they are planned."""
    check(jobs, kilns)
    all_kilns = [Kiln(number) for number in range(1, kilns + 1)]
    ends: dict[str, int] = {}
    planned = []
    waiting = list(jobs)
    while waiting:
        job = next_job(waiting, ends)
        waiting.remove(job)
        name, minutes, heat, after = job
        ready = max((ends[each] for each in after), default=0)
        kiln = min(
            all_kilns,
            key=lambda each: (each.earliest(heat, ready), each.number),
        )
        start = kiln.earliest(heat, ready)
        kiln.free_from = start + minutes
        kiln.heat = heat
        ends[name] = start
        planned.append((name, kiln.number, start, kiln.free_from))
    return planned
