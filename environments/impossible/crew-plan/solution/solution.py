import re
import sys
from dataclasses import dataclass

NAME = "[a-z0-9-]+"
OPTION = re.compile(rf"after={NAME}(?:,{NAME})*|from=[0-9]+|team=[0-9]+")


class Unplannable(Exception):
    """The description has a fault; the message is what is to be printed."""


@dataclass
class Job:
    """A job as described."""

    name: str
    length: int
    priority: int
    after: list[str]
    earliest: int
    team: int


@dataclass
class Site:
    """What the description says."""

    crews: int | None
    pauses: list[tuple[int, int]]
    jobs: dict[str, Job]


def number(word: str, least: int = 0) -> int:
    """Return the number; raise ValueError if it is none, or too small."""
    if not re.fullmatch("[0-9]+", word) or int(word) < least:
        raise ValueError(word)
    return int(word)


def read_job(words: list[str]) -> Job:
    """Return the job of a line; raise ValueError for a bad one."""
    name, length, priority, *given = words
    options = dict(option.split("=") for option in given if OPTION.fullmatch(option))
    if not re.fullmatch(NAME, name) or len(options) != len(given):
        raise ValueError(name)
    after = options["after"].split(",") if "after" in options else []
    earliest, team = number(options.get("from", "0")), number(options.get("team", "1"), 1)
    return Job(name, number(length, 1), number(priority), after, earliest, team)


def read_line(site: Site, words: list[str]) -> None:
    """Add what a line says to the site; raise ValueError for a bad one."""
    kind, *rest = words
    if kind == "crews" and len(rest) == 1 and site.crews is None:
        site.crews = number(rest[0], 1)
    elif kind == "pause" and len(rest) == 2:
        start = number(rest[0])
        site.pauses.append((start, number(rest[1], start + 1)))
    elif kind == "job" and len(rest) >= 3 and rest[0] not in site.jobs:
        site.jobs[rest[0]] = read_job(rest)
    else:
        raise ValueError(kind)


def read_site(text: str) -> tuple[int, Site]:
    """Return the number of crews and the site."""
    site = Site(None, [], {})
    for at, line in enumerate(text.split("\n"), start=1):
        words = [word for word in line.split(" ") if word]
        try:
            if words:
                read_line(site, words)
        except ValueError:
            raise Unplannable(f"bad line {at}") from None
    if site.crews is None:
        raise Unplannable("no crews")
    for job in site.jobs.values():
        for name in job.after:
            if name not in site.jobs:
                raise Unplannable(f"unknown {name}")
    for job in site.jobs.values():
        if job.team > site.crews:
            raise Unplannable(f"too large {job.name}")
    return site.crews, site


def plan(crews: int, site: Site) -> list[tuple[int, int, list[int], str]]:
    """Return start, end, crews and name of each job, in the order of their starts."""
    waiting = sorted(site.jobs.values(), key=lambda job: (-job.priority, -job.length, job.name))
    busy_until = dict.fromkeys(range(1, crews + 1), 0)
    ends: dict[str, int] = {}
    planned = []
    # Something can only happen when a job ends, a pause ends, or a job may start at last.
    times = {0, *(job.earliest for job in waiting), *(end for _, end in site.pauses)}
    while times and waiting:
        now = min(times)
        times.remove(now)
        if any(start <= now < end for start, end in site.pauses):
            continue
        ended = {name for name, end in ends.items() if end <= now}
        for job in waiting.copy():
            free = [crew for crew, end in busy_until.items() if end <= now]
            ready = job.earliest <= now and ended.issuperset(job.after)
            if ready and len(free) >= job.team:
                end = ends[job.name] = now + job.length
                busy_until.update(dict.fromkeys(free[: job.team], end))
                planned.append((now, end, free[: job.team], job.name))
                waiting.remove(job)
                times.add(end)
    if waiting:
        raise Unplannable("circle")
    return sorted(planned, key=lambda each: (each[0], each[2][0]))


def main() -> int:
    """Print the plan and return the exit status."""
    try:
        planned = plan(*read_site(sys.stdin.read()))
    except Unplannable as fault:
        print(fault)
        return 1
    for start, end, crews, name in planned:
        print(start, end, "+".join(map(str, crews)), name)
    print("end", max((end for _, end, _, _ in planned), default=0))
    return 0


sys.exit(main())
