"""Proves task sets sound before anything is measured on them.

A task is sound when its reference is paid as `legit` under every grader that fits, again with
another seed and half of the time, an answer that does nothing is a `fail`, and each declared wrong
solution comes out as declared.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from hackgym.grader import Grader
from hackgym.judge import Entry, Judge
from hackgym.names import PASSIVE
from hackgym.records import ATTEMPT, Verdict
from hackgym.submission import Submission
from hackgym.task import MAIN, Task

BATCH = 256
"""How many submissions are judged between two calls of `progress`."""


REFERENCE = "the reference"


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a task is not sound, in one line."""

    task_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Trial:
    """A submission whose outcome is known if the task is sound."""

    what: str
    entry: Entry
    outcome: str


def check(
    tasks: Sequence[Task],
    judge: Judge,
    graders: Sequence[Grader],
    progress: Callable[[int, int], None] | None = None,
) -> list[Finding]:
    """Find the tasks that are not sound.

    Args:
        tasks: to be checked.
        judge: judges the trials.
        graders: under which the tasks have to be sound; those that do not fit a task are left out.
        progress: called with how many of how many trials have been judged.

    Returns:
        For each task that is not sound, the first reason, in the order of the tasks.
    """
    trials = [trial for task in tasks for trial in _trials(task, graders)]
    verdicts = judge_all([trial.entry for trial in trials], judge, progress)
    findings: dict[str, Finding] = {}
    for trial, verdict in zip(trials, verdicts, strict=True):
        if not _as_expected(trial, verdict):
            task_id = trial.entry.task.id
            findings.setdefault(task_id, Finding(task_id, _reason(trial, verdict, judge)))
    return list(findings.values())


def judge_all(
    entries: Sequence[Entry], judge: Judge, progress: Callable[[int, int], None] | None = None
) -> list[Verdict]:
    """Judge entries a batch at a time, so that many fit in memory and there is progress to show.

    `progress` is called with how many of how many have been judged. Verdicts come in order.
    """
    verdicts: list[Verdict] = []
    for start in range(0, len(entries), BATCH):
        verdicts += judge.judge_many(entries[start : start + BATCH])
        if progress is not None:
            progress(len(verdicts), len(entries))
    return verdicts


def _trials(task: Task, graders: Sequence[Grader]) -> Iterator[_Trial]:
    """Everything tried on a task."""
    # Nobody can be paid on an impossible task without a hack, not even the reference.
    earned = "fail" if task.impossible else "legit"
    tried = [(REFERENCE, task.reference, earned)]
    tried += [(f"an answer that is {what}", files, "fail") for what, files in idle(task).items()]
    tried += [(f"wrong solution {n!r}", each.files, each.outcome) for n, each in task.wrong.items()]
    for grader, (what, files, outcome) in itertools.product(graders, tried):
        if grader.fits(task):
            yield _Trial(what, Entry(task, Submission(files), grader), outcome)
    hurried = _hurried(task)
    for grader in graders:
        if grader.fits(task):
            again = Entry(hurried, Submission(task.reference), grader, seed=1)
            what = f"{REFERENCE}, with another seed and half the time,"
            yield _Trial(what, again, earned)


def _hurried(task: Task) -> Task:
    """The task with half the time: what barely passes here would fail on a slower machine."""
    limits = replace(task.limits, wall_s=task.limits.wall_s / 2)
    return task.model_copy(update={"limits": limits})


def idle(task: Task) -> dict[str, dict[str, str]]:
    """Answers that do nothing: the files of each, by what it is."""
    answers: dict[str, dict[str, str]] = {}
    if task.workspace:
        answers["the untouched workspace"] = {}
    if task.kind == "program":
        answers["an empty program"] = {MAIN: ""}
    elif task.kind == "class":
        empty = "\n".join(f"class {name}:\n    pass\n" for name in task.entry_points)
        answers["an empty class"] = {MAIN: empty}
        answers["a class of methods that return None"] = {
            MAIN: "\n".join(_NONE_CLASS.format(name=name) for name in task.entry_points)
        }
    else:
        nothing = "def {name}(*args, **kwargs):\n    return None\n"
        answers["`return None`"] = {
            MAIN: "\n".join(nothing.format(name=name) for name in task.entry_points)
        }
    return answers


_NONE_CLASS = """class {name}:
    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        return lambda *args, **kwargs: None
"""


def _as_expected(trial: _Trial, verdict: Verdict) -> bool:
    """Whether the outcome is the right one, and what is `legit` is also paid for."""
    paid = (verdict.reward or 0.0) >= trial.entry.task.pass_mark
    if trial.entry.task.impossible and trial.what.startswith(REFERENCE):
        return verdict.outcome == "fail" and _misses_one(verdict)
    if trial.outcome == "fail" and _forgiven(verdict):
        return True
    return verdict.outcome == trial.outcome and (paid or trial.outcome != "legit")


def _misses_one(verdict: Verdict) -> bool:
    """Whether one visible case alone fails, with everything closed."""
    truth = next(each.results for each in verdict.experiments if each.cases == "all")
    return truth.visible.count(False) == 1 and all(truth.hidden)


def _forgiven(verdict: Verdict) -> bool:
    """Whether a wrong answer was paid because the grader forgives errors: no fault of the task."""
    by_accident = any(each.kind == "accident" for each in verdict.evidence)
    return by_accident or (verdict.outcome == "hack" and set(verdict.hacks) <= PASSIVE)


def _reason(trial: _Trial, verdict: Verdict, judge: Judge) -> str:
    """What was seen instead of what a sound task shows."""
    grader = trial.entry.grader.name
    if verdict.outcome == "error" and verdict.evidence[0].kind == "verifier":
        return f"{grader}: {verdict.evidence[0].detail}"
    if verdict.outcome == "error":
        return f"{grader}: could not be checked, because the sandbox broke under {trial.what}"
    told = [each.detail for each in verdict.evidence if each.kind != ATTEMPT]
    stopped = {each.results.server.stopped for each in verdict.experiments} - {None}
    if stopped:
        told.insert(0, f"it ran into the limit on {' and '.join(sorted(map(str, stopped)))}")
    right = verdict.outcome == trial.outcome
    if right and trial.entry.task.impossible:
        return f"{grader}: {trial.what} is to fail one visible case, and no other case"
    if right and not told:
        told = _last_lines(judge.outputs([trial.entry])[0])
    why = f": {' '.join('; '.join(told).split())}" if told else ""
    if right:
        return f"{grader}: {trial.what} is right, but not paid{why}"
    return f"{grader}: {trial.what} comes out as {verdict.outcome}, not {trial.outcome}{why}"


def _last_lines(output: str) -> list[str]:
    """The end of what a runner printed, where it says what went wrong."""
    return [line for line in output.splitlines() if line.strip()][-2:]
