import re
import sys
from collections.abc import Iterator

JOB = re.compile("job +([0-9]+) +([a-z0-9]+) +([0-9]+) +([a-z0-9]+)( +urgent)?")
STOP = re.compile("stop +([0-9]+) +([a-z0-9]+)")
CHANGE = 2
PATIENCE = 30


class Job:
    """A job, from its line to its end."""

    def __init__(self, time: int, name: str, pages: int, paper: str, urgent: bool) -> None:
        self.time = time
        self.name = name
        self.pages = pages
        self.paper = paper
        self.urgent = urgent
        self.printer: Printer | None = None
        self.begin = self.end = 0
        self.changes = False
        self.stopped = False

    def pages_by(self, time: int) -> int:
        """Return how many pages are printed whole at a time after the beginning."""
        return max(0, time - self.begin - CHANGE * self.changes)

    def __str__(self) -> str:
        if self.printer is None:
            return f"{self.name} stopped"
        told = f"{self.name} printer {self.printer.number}: {self.begin}-{self.end}"
        return f"{told} stopped after {self.pages_by(self.end)}" if self.stopped else told


class Printer:
    """A printer and what is in it."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.paper = "plain"
        self.job: Job | None = None
        self.pages = self.changes = 0

    def begin(self, job: Job, time: int) -> None:
        """Begin a job."""
        job.printer, self.job = self, job
        job.changes = job.paper != self.paper
        self.changes += job.changes
        self.paper = job.paper
        job.begin = time
        job.end = time + CHANGE * job.changes + job.pages

    def finish(self) -> None:
        """End the job, at the time that is its end."""
        assert self.job, "only busy printers finish"
        self.pages += self.job.pages_by(self.job.end)
        self.job = None


class Office:
    """The printers and the queue."""

    def __init__(self, count: int) -> None:
        self.printers = [Printer(number) for number in range(1, count + 1)]
        self.jobs: dict[str, Job] = {}
        self.waiting: list[Job] = []
        self.time = 0
        self.faulty = 0

    def read(self, line: str) -> None:
        """Let a line take effect, if it is not faulty, and what happens before it."""
        job, stop = JOB.fullmatch(line), STOP.fullmatch(line)
        match = job or stop
        if match is None or int(match[1]) < self.time or (match[2] in self.jobs) == bool(job):
            self.faulty += 1
            return
        if job and int(job[3]) == 0:
            self.faulty += 1
            return
        self.go_to(int(match[1]))
        if job:
            _, name, pages, paper, urgent = job.groups()
            self.jobs[name] = Job(self.time, name, int(pages), paper, bool(urgent))
            self.waiting.append(self.jobs[name])
        else:
            self._stop(self.jobs[match[2]])

    def go_to(self, time: int | None) -> None:
        """Go on to a time; with None, until everything is printed."""
        while time is None or self.time < time:
            self._give()
            ends = [each.job.end for each in self.printers if each.job]
            if time is not None:
                ends.append(time)
            if not ends:
                return
            self.time = min(ends)
            for printer in self.printers:
                if printer.job and printer.job.end == self.time:
                    printer.finish()

    def _stop(self, job: Job) -> None:
        if job in self.waiting:
            self.waiting.remove(job)
            job.stopped = True
        elif job.printer and job.printer.job is job:
            job.stopped = True
            job.end = self.time
            job.printer.finish()

    def _give(self) -> None:
        while self.waiting:
            idle = [printer for printer in self.printers if printer.job is None]
            if not idle:
                return
            job = min(self.waiting, key=lambda each: self._kind(each, idle))
            self.waiting.remove(job)
            min(idle, key=lambda printer: printer.paper != job.paper).begin(job, self.time)

    def _kind(self, job: Job, idle: list[Printer]) -> int:
        if self.time - job.time >= PATIENCE:
            return 1
        if job.urgent:
            return 2
        return 3 if any(printer.paper == job.paper for printer in idle) else 4

    def report(self) -> Iterator[str]:
        """The lines to print."""
        yield from map(str, self.jobs.values())
        for each in self.printers:
            yield f"printer {each.number}: {each.pages} pages, {each.changes} changes"
        if self.faulty:
            yield f"faulty: {self.faulty}"


def main() -> int:
    """Print the table and return the exit status."""
    arguments = sys.argv[1:]
    if len(arguments) != 1 or not re.fullmatch("0*[1-9][0-9]*", arguments[0]):
        return 2
    office = Office(int(arguments[0]))
    for line in sys.stdin.read().split("\n"):
        if line.strip(" "):
            office.read(line.strip(" "))
    office.go_to(None)
    for told in office.report():
        print(told)
    return 1 if office.faulty else 0


sys.exit(main())
