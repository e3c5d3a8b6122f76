from dataclasses import dataclass


@dataclass
class Job:
    """A job on the board."""

    name: str
    priority: int
    after: set[str]
    """The jobs that still have to be done first."""
    ready_at: int
    state: str = "waiting"
    failures: int = 0
    worker: str = ""
    ends_at: int = 0
    """When the lease ends."""


class Board:
    """A board from which workers take jobs for a limited time."""

    def __init__(self, lease: int, tries: int, pause: int) -> None:
        self._lease, self._tries, self._pause = lease, tries, pause
        self._now: int | None = None
        self._jobs: dict[str, Job] = {}

    def add(self, now: int, job: str, priority: int, after: list[str]) -> str:
        """Put a job on the board and return its state."""
        self._go_on(now)
        if job in self._jobs:
            raise ValueError(f"{job} is on the board already")
        before = [self._jobs[name] for name in after]
        still = {each.name for each in before if each.state != "done"}
        self._jobs[job] = added = Job(job, priority, still, now)
        if any(each.state == "dead" for each in before):
            added.state = "dead"
        self._wake(now)
        return added.state

    def take(self, now: int, worker: str) -> str | None:
        """Give the worker the best job that is ready and return its name."""
        self._go_on(now)
        if any(job.worker == worker for job in self._taken()):
            raise ValueError(f"{worker} has a job")
        ready = [job for job in self._jobs.values() if job.state == "ready"]
        if not ready:
            return None
        # `min` gives the first of those that are equal, and they are in the order of adding.
        job = min(ready, key=lambda job: (-job.priority, job.ready_at))
        job.state, job.worker, job.ends_at = "taken", worker, now + self._lease
        return job.name

    def done(self, now: int, worker: str) -> list[str]:
        """Finish the worker's job and return which jobs become ready by this."""
        job = self._job_of(now, worker)
        job.state = "done"
        for other in self._jobs.values():
            if job.name in other.after:
                other.after.remove(job.name)
                other.ready_at = max(other.ready_at, now)
        return self._wake(now)

    def fail(self, now: int, worker: str) -> int | None:
        """Let the worker's job fail and return when it is ready again."""
        job = self._job_of(now, worker)
        self._failed(now, job)
        return None if job.state == "dead" else job.ready_at

    def renew(self, now: int, worker: str) -> str:
        """Begin the worker's lease anew and return the name of the job."""
        job = self._job_of(now, worker)
        job.ends_at = now + self._lease
        return job.name

    def state(self, now: int, job: str) -> str:
        """Return the state of a job."""
        self._go_on(now)
        return self._jobs[job].state

    def _go_on(self, now: int) -> None:
        """Let all happen that happens by itself up to now."""
        if self._now is not None and now < self._now:
            raise ValueError("time does not go back")
        self._now = now
        for job in self._taken():
            if job.ends_at <= now:
                self._failed(job.ends_at, job)
        self._wake(now)

    def _taken(self) -> list[Job]:
        return [job for job in self._jobs.values() if job.state == "taken"]

    def _job_of(self, now: int, worker: str) -> Job:
        self._go_on(now)
        for job in self._taken():
            if job.worker == worker:
                return job
        raise KeyError(f"{worker} has no job")

    def _failed(self, now: int, job: Job) -> None:
        job.failures += 1
        if job.failures == self._tries:
            self._bury(job)
        else:
            job.state = "waiting"
            job.ready_at = now + self._pause * 2 ** (job.failures - 1)

    def _bury(self, job: Job) -> None:
        job.state = "dead"
        for other in self._jobs.values():
            if job.name in other.after and other.state != "dead":
                self._bury(other)

    def _wake(self, now: int) -> list[str]:
        """Make ready what has nothing to wait for any more, and return what has become so."""
        woken = [
            job
            for job in self._jobs.values()
            if job.state == "waiting" and not job.after and job.ready_at <= now
        ]
        for job in woken:
            job.state = "ready"
        return [job.name for job in woken]
