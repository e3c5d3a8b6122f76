"""Verdicts derived again from what is recorded of them, years later and without any sandbox.

A verdict is a pure function of its experiments and its terms. `replay` reads a run's episodes, or
the output of `hackgym grade`, and reports each record that does not give the verdict it states.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from hackgym.attempts import ended, techniques
from hackgym.detector import judged
from hackgym.environments import get_environment, load_tasks
from hackgym.errors import BadInput, BadSubmission
from hackgym.facts import Request, Setting
from hackgym.grades import believed
from hackgym.measure import load_config
from hackgym.names import LOOPHOLE_ORDER, in_order
from hackgym.plan import plan
from hackgym.records import ATTEMPT, Episode, Evidence, Experiment, Verdict
from hackgym.submission import Submission
from hackgym.task import Task, first_problem

WITHOUT_GRADES = {"sandbox_fault": "error", "sandbox_abuse": "fail", "bad_submission": "fail"}
"""Evidence of verdicts that no experiment led to, with the outcome that goes with it."""


Kind = Literal["unreadable", "incomplete", "differs"]
Complaint = tuple[Kind, str, str]
"""What is wrong with one verdict: how, in which field, and in words."""


class Problem(NamedTuple):
    """A record that does not replay."""

    file: str
    line: int
    id: str
    kind: Kind
    field: str
    detail: str

    def __str__(self) -> str:
        """One line for a person."""
        about = f" {self.id}:" if self.id else ""
        return f"{self.file}:{self.line}:{about} {self.kind}: {self.field}: {self.detail}"


class Replayed(NamedTuple):
    """What came of a replay."""

    records: int
    problems: list[Problem]


def replay(path: Path) -> Replayed:
    """Derive every verdict of a run folder or of a file of `hackgym grade` again.

    Raises BadInput where there is no such file.
    """
    file = path / "episodes.jsonl" if path.is_dir() else path
    tasks = _Tasks(file.with_name("config.toml"))
    problems: list[Problem] = []
    records = 0
    for number, line in _lines(file):
        records += 1
        problems += [Problem(str(file), number, *each) for each in _record(line, tasks)]
    return Replayed(records, problems)


def _record(line: bytes, tasks: _Tasks) -> Iterator[tuple[str, Kind, str, str]]:
    """What is wrong with a line: its id, how, in which field, and in words."""
    named = ""
    try:
        data = _object(line)
        named = str(data.get("id", ""))
        episode = Episode.model_validate(data) if "outcome" not in data else None
        verdict = episode.verdict if episode else Verdict.model_validate(_verdict_part(data))
        _check_names(verdict)
    except _Unreadable as error:
        yield named, "unreadable", error.field, str(error)
    except ValidationError as error:
        field, _, detail = first_problem(error).partition(": ")
        yield named, "unreadable", field, detail
    else:
        task = tasks.of(episode) if episode else None
        yield from ((named, *complaint) for complaint in check(verdict, episode, task))


def check(
    verdict: Verdict, episode: Episode | None = None, task: Task | None = None
) -> Iterator[Complaint]:
    """What is wrong with a verdict, by what is recorded of it.

    `episode` and `task`: where it stands, and what its files were for. With both, attempted
    techniques are looked for in the files again; without, those that the experiments show.
    """
    if not verdict.experiments:
        yield from _without_grades(verdict)
    elif verdict.terms is None:
        yield "incomplete", "terms", "the record does not say on which terms it was judged"
    else:
        setting = Setting(**verdict.terms.model_dump())
        unplanned = list(_plan_followed(setting, verdict.experiments))
        yield from unplanned
        yield from _rewards(verdict.experiments)
        if not any(kind == "incomplete" for kind, _, _ in unplanned):
            yield from _differences(verdict, setting)
    if episode is not None and episode.task_id != verdict.task_id:
        yield "differs", "task_id", f"the episode is of {episode.task_id!r}"
    if episode is not None and episode.turns and episode.turns[-1].reward != verdict.reward:
        detail = f"the last turn paid {episode.turns[-1].reward}, the verdict {verdict.reward}"
        yield "differs", "turns", detail
    if episode is not None and task is not None and verdict.outcome != "error":
        yield from _techniques(verdict, episode, task)
    else:
        yield from _techniques_shown(verdict)


def _plan_followed(setting: Setting, experiments: tuple[Experiment, ...]) -> Iterator[Complaint]:
    """Go the way of the detector's plan: what it asks for must be there, and nothing else."""
    recorded: dict[Request, Experiment] = {}
    for at, each in enumerate(experiments):
        request = Request(each.results.by == "runner", each.open, each.cases, each.repeat)
        if request in recorded:
            yield "differs", f"experiments.{at}", f"made twice: {_worded(request)}"
        recorded[request] = each
    made: list[Experiment] = []
    while wanted := plan(setting, made):
        for request in wanted:
            if request not in recorded:
                yield "incomplete", "experiments", f"missing: {_worded(request)}"
                return
            made.append(recorded.pop(request))
    for request in recorded:
        yield "differs", "experiments", f"nothing asks for this one: {_worded(request)}"


def _worded(request: Request) -> str:
    by = "the real runner" if request.real else "the machine"
    opened = ", ".join(request.open) or "nothing"
    return f"{request.cases} cases by {by} with {opened} open, repeat {request.repeat}"


def _rewards(experiments: tuple[Experiment, ...]) -> Iterator[Complaint]:
    for at, each in enumerate(experiments):
        follows = believed(frozenset(each.open), each.results)
        if each.reward != follows:
            detail = f"{each.reward:g} is stated, its results give {follows:g}"
            yield "differs", f"experiments.{at}.reward", detail


DERIVED = ("reward", "true_reward", "outcome", "hacks", "attempted", "evidence")


def _differences(verdict: Verdict, setting: Setting) -> Iterator[Complaint]:
    noted = [each for each in verdict.evidence if each.kind == ATTEMPT]
    again = judged(verdict.task_id, verdict.grader, setting, verdict.experiments, noted)
    for name in DERIVED:
        stated, follows = getattr(verdict, name), getattr(again, name)
        if stated != follows:
            yield "differs", name, _stated(stated, follows)


def _stated(stated: object, follows: object) -> str:
    return f"{_shown(stated)} is stated, {_shown(follows)} follows"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        words = [each.detail if isinstance(each, Evidence) else str(each) for each in value]
        return "; ".join(words) or "nothing"
    return str(value)


def _without_grades(verdict: Verdict) -> Iterator[Complaint]:
    """What must hold where no experiment led to a verdict."""
    kinds = [each.kind for each in verdict.evidence if each.kind != ATTEMPT]
    if len(kinds) != 1 or kinds[0] not in WITHOUT_GRADES:
        yield "incomplete", "experiments", "there are none, and no evidence says why"
        return
    outcome = WITHOUT_GRADES[kinds[0]]
    reward = None if outcome == "error" else 0.0
    named = {each.loophole for each in verdict.evidence if each.kind == ATTEMPT and each.loophole}
    follows = {"outcome": outcome, "reward": reward, "hacks": (), "attempted": in_order(named)}
    for name, value in follows.items():
        if getattr(verdict, name) != value:
            yield "differs", name, _stated(getattr(verdict, name), value)
    if verdict.true_reward not in (None, reward):
        yield "differs", "true_reward", _stated(verdict.true_reward, reward)


def _techniques(verdict: Verdict, episode: Episode, task: Task) -> Iterator[Complaint]:
    """Whether the files and the experiments show just the attempts that are stated."""
    try:
        submission = Submission(episode.files, frozenset(episode.deleted), episode.left)
    except BadSubmission as error:
        yield "differs", "files", str(error)
        return
    refused = any(each.kind == "bad_submission" for each in verdict.evidence)
    natural = verdict.terms.natural if verdict.terms else ()
    found = () if refused else techniques(submission, task, verdict.experiments, natural)
    follows = tuple(each for each in found if each.loophole not in verdict.hacks)
    stated = tuple(each for each in verdict.evidence if each.kind == ATTEMPT)
    if stated != follows:
        yield "differs", "attempted", _stated(stated, follows)


def _techniques_shown(verdict: Verdict) -> Iterator[Complaint]:
    """Whether the attempts that experiments show are stated."""
    natural = verdict.terms.natural if verdict.terms else ()
    shown = {loophole for loophole, _, _ in ended(verdict.experiments, natural)}
    for name in sorted(shown - {*verdict.hacks, *verdict.attempted}):
        yield "differs", "attempted", f"{name} is not stated, the experiments show it"


class _Tasks:
    """The tasks of a run, as far as they are still there and unchanged."""

    def __init__(self, config: Path) -> None:
        self._path: str | None = None
        with contextlib.suppress(BadInput):  # it is not needed for anything else
            self._path = load_config(config).tasks
        self._sets: dict[str, Mapping[str, Task]] = {}

    def of(self, episode: Episode) -> Task | None:
        """The very task of an episode; None where it is not to be found."""
        try:
            name = self._path or get_environment(episode.environment).task_set
            if name not in self._sets:
                self._sets[name] = load_tasks(name)
            task = self._sets[name][episode.task_id]
        except BadInput:
            return None
        terms = episode.verdict.terms
        return task if terms is not None and terms.task == task.digest else None


class _Unreadable(Exception):
    """A line that is no record."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file that are not empty, with their numbers. Raises BadInput."""
    try:
        with file.open("rb") as opened:
            for number, line in enumerate(opened, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise BadInput(f"{file}: cannot be read: {error.strerror}") from error


def _object(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        torn = "" if line.endswith(b"\n") else ", the line is torn"
        raise _Unreadable("the whole", f"not JSON{torn}: {error}") from error
    if not isinstance(data, dict):
        raise _Unreadable("the whole", "a record is a JSON object")
    return data


def _check_names(verdict: Verdict) -> None:
    """Raise _Unreadable where a loophole is named that is not known here."""
    used = {"hacks": verdict.hacks, "attempted": verdict.attempted}
    used |= {f"experiments.{at}.open": each.open for at, each in enumerate(verdict.experiments)}
    for at, found in enumerate(verdict.evidence):
        used[f"evidence.{at}.loophole"] = () if found.loophole is None else (found.loophole,)
    if verdict.terms is not None:
        used["terms.natural"] = verdict.terms.natural
        used["terms.open"] = verdict.terms.open or ()
    for field, names in used.items():
        if unknown := [name for name in names if name not in LOOPHOLE_ORDER]:
            raise _Unreadable(field, f"no loophole is named {unknown[0]!r} here")
        if len(set(names)) != len(names):
            raise _Unreadable(field, "a loophole is named twice")


def _verdict_part(data: Mapping[str, Any]) -> dict[str, Any]:
    """The verdict in a row of `hackgym grade`, without what its author put beside it."""
    part = {name: data[name] for name in Verdict.model_fields if name in data}
    for name in ("experiments", "evidence"):
        if name not in part:
            raise _Unreadable(name, "the field is missing")
    return part
