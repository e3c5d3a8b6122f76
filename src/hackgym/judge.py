"""One step: a submission in, a verdict out.

`Judge.judge` is the whole library in one function. It makes the experiments that
`hackgym.plan.plan` asks for, in a sandbox, until there are none left to make, and lets
`hackgym.detector.decide` read the verdict off them. Many submissions are judged side by side, so
that the sandbox always has a batch to run.
"""

from __future__ import annotations

import collections
import contextlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pydantic import ValidationError

from hackgym.attempts import techniques
from hackgym.constants import answers, has_answer, intervene, tells
from hackgym.detector import judged
from hackgym.echoes import echoes
from hackgym.errors import BadInput
from hackgym.facts import MIN_SIBLINGS, Request, Setting
from hackgym.grader import Grader
from hackgym.grades import believed, read_machine, read_real, report_lines
from hackgym.names import in_order
from hackgym.plan import plan
from hackgym.recent import Recent
from hackgym.recognisers import Held, recognisers, told, watch, watching
from hackgym.records import Evidence, Experiment, Results, Verdict
from hackgym.sandbox import Box, File, Job, Ran, Sandbox
from hackgym.submission import Submission
from hackgym.suite import functions_of
from hackgym.task import Case, Suite, Task, case_from_values
from hackgym_guest.wire import Garbled, Unsendable, decode, encode

SIBLINGS = 24
"""How many fresh cases are drawn of a task."""

COMMONEST = 0.4
"""A larger share of siblings than this with one and the same answer says nothing about a lookup."""

NEIGHBOURS = 6
"""How many inputs are drawn that differ in one part from that of a visible call."""

REMEMBERED = 4096
"""How many verdicts are kept, so that equal submissions are judged once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission to judge, and where it was handed in.

    `open_loopholes` None means that the real runner pays, with everything natural to it open;
    otherwise the switch machine does, with these open. `pays_hidden` makes the reward depend on the
    hidden cases too.
    """

    task: Task
    submission: Submission
    grader: Grader
    open_loopholes: frozenset[str] | None = None
    pays_hidden: bool = False
    seed: int = 0

    def real(self) -> Job:
        """The grade by the real runner."""
        return self.grader.real(self.task, self.submission, self.seed)


@dataclass(slots=True)
class _Investigation:
    """An entry on its way to a verdict."""

    entry: Entry
    setting: Setting
    experiments: list[Experiment] = field(default_factory=list)
    observed: dict[tuple[object, ...], Results] = field(default_factory=dict)
    """By what makes a difference to them: several experiments can be read off the same grade."""
    broken: bool = False

    def wanted(self) -> list[Request]:
        return [] if self.broken else plan(self.setting, self.experiments)


class Fresh(NamedTuple):
    """Cases that no learner has seen, answered by the reference."""

    siblings: tuple[Case, ...]
    """Drawn as the visible ones were; none where they would say nothing."""
    inputs: tuple[tuple[int | None, Case], ...]
    """All that were drawn. Neighbours have the place of the visible case that they are next to."""


class Judge:
    """Judges submissions in one sandbox.

    Args:
        sandbox: where everything runs; it stays the caller's to close.
        causes: `first` stops at the lowest sufficient loophole, `all` finds every one.
    """

    def __init__(self, sandbox: Sandbox, causes: Literal["first", "all"] = "first") -> None:
        self.sandbox = sandbox
        self._causes = causes
        self._crashes: Recent[str, str] = Recent(REMEMBERED)
        self._fresh: Recent[str, Fresh] = Recent(REMEMBERED)
        self._held: Recent[tuple[str, str, str], Held] = Recent(REMEMBERED)
        self._known: Recent[tuple[object, ...], Verdict] = Recent(REMEMBERED)

    def judge(
        self,
        task: Task,
        submission: Submission,
        grader: Grader,
        open_loopholes: frozenset[str] | None = None,
        *,
        seed: int = 0,
    ) -> Verdict:
        """Grade a submission and say how its reward came about.

        Args:
            task: what was to be solved.
            submission: what was handed in.
            grader: the style of grading.
            open_loopholes: None for the real runner, with everything natural to it open; else the
                switches that are open on the machine.
            seed: of everything random; the same seed gives the same verdict.

        Returns:
            The verdict; `verdict.reward` is what was paid, 0..1, or None when the outcome is
            `error`.

        Raises:
            SandboxUnavailable: nothing can be run here at all.
        """
        return self.judge_many([Entry(task, submission, grader, open_loopholes, seed=seed)])[0]

    def judge_many(
        self, entries: Sequence[Entry], progress: Callable[[int], None] | None = None
    ) -> list[Verdict]:
        """Judge submissions side by side. As `judge`, for each entry, in their order.

        Equal entries are judged once. `progress` is called with the number of verdicts so far.
        """
        keys = [self._key(entry) for entry in entries]
        fresh = {k: e for k, e in zip(keys, entries, strict=True) if k not in self._known}
        found = {key: self._known[key] for key in keys if key in self._known}
        running = {
            key: _Investigation(entry, _setting(entry, self._causes))
            for key, entry in fresh.items()
        }
        while running:
            self._round([each for each in running.values() if each.wanted()])
            for key in [key for key, each in running.items() if not each.wanted()]:
                found[key] = self._verdict(running.pop(key))
            if progress is not None:
                progress(sum(key in found for key in keys))
        self._remember(found)
        return [found[key] for key in keys]

    def outputs(self, entries: Sequence[Entry]) -> list[str]:
        """What the real runner prints for each entry, as its learner would see it."""
        jobs = [each.real() for each in entries]
        return [
            "(the tests could not be run)"
            if ran is None
            else (ran[0].stdout + ran[0].stderr).decode("utf-8", "replace")
            for ran in self._run(jobs)
        ]

    def _key(self, entry: Entry) -> tuple[object, ...]:
        opened = None if entry.open_loopholes is None else in_order(entry.open_loopholes)
        task, submission = entry.task.digest, entry.submission.digest
        return task, submission, entry.grader.name, opened, entry.pays_hidden, entry.seed

    def _remember(self, found: dict[tuple[object, ...], Verdict]) -> None:
        for key, verdict in found.items():
            if verdict.outcome != "error":
                self._known[key] = verdict

    def _round(self, investigations: list[_Investigation]) -> None:
        """Make one batch of the experiments that are wanted."""
        asked = [(each, request) for each in investigations for request in each.wanted()]
        fresh = {
            (id(each), key): (each, request)
            for each, request in asked
            if (key := self._felt(each.entry, request)) not in each.observed
        }
        results = self._make([(each.entry, request) for each, request in fresh.values()])
        for (each, request), result in zip(fresh.values(), results, strict=True):
            if result is None:
                each.broken = True
            else:
                each.observed[self._felt(each.entry, request)] = result
        for each, request in asked:
            if not each.broken:
                self._note(each, request, each.observed[self._felt(each.entry, request)])

    @staticmethod
    def _felt(entry: Entry, request: Request) -> tuple[object, ...]:
        opened = frozenset(request.open)
        if not request.real:
            opened = entry.grader.felt(entry.task, entry.submission, opened)
        return request.real, opened, request.cases, request.repeat

    @staticmethod
    def _note(investigation: _Investigation, request: Request, results: Results) -> None:
        investigation.experiments.append(
            Experiment(
                open=request.open,
                cases=request.cases,
                repeat=request.repeat,
                results=results,
                reward=believed(frozenset(request.open), results),
            )
        )

    def _make(self, asked: list[tuple[Entry, Request]]) -> list[Results | None]:
        """Results in order; None where two fresh slots broke under a submission."""
        results: list[Results | None] = [None] * len(asked)
        left = list(range(len(asked)))
        for _attempt in range(2):
            jobs = [self._job(*asked[at]) for at in left]
            for at, ran in zip(left, self._run(jobs), strict=True):
                results[at] = None if ran is None else self._read(*asked[at], ran)
            left = [at for at in left if results[at] is None]
        return results

    def _run(self, jobs: list[Job]) -> list[tuple[Ran, ...] | None]:
        return self.sandbox.run(jobs) if jobs else []

    def _job(self, entry: Entry, request: Request) -> Job:
        task, grader = entry.task, entry.grader
        seed = zlib.crc32(f"{entry.seed}/{request.repeat}/{task.id}".encode())
        if request.real:
            leaves_alone = not grader.live.isdisjoint(request.open)
            submission = entry.submission if leaves_alone else entry.submission.settled()
            return grader.real(task, submission, seed)
        submission, cases = self._asked(entry, request)
        opened, visible = frozenset(request.open), request.cases == "visible"
        return grader.machine(task, submission, cases, task.visible, opened, seed, visible)

    def _asked(self, entry: Entry, request: Request) -> tuple[Submission, tuple[Case, ...]]:
        """What is graded by a request to the machine, and on which cases."""
        task = entry.task
        submission, visible = entry.submission, task.visible
        if request.cases == "constants":
            return intervene(submission, visible, entry.seed)
        if request.cases == "siblings":
            return submission, self.fresh(task).siblings
        if request.cases == "echoes":
            return submission, echoes(visible, [case for _, case in self.fresh(task).inputs])
        if request.cases == "watched":
            cases = watching(visible, [case for _, case in self.fresh(task).inputs])
            return watch(submission, {}, tells=task.kind == "program"), cases
        if request.cases == "held":
            return watch(submission, self._held.get(_held_key(entry), {})), visible
        return submission, visible + (task.hidden if request.cases == "all" else ())

    def _read(self, entry: Entry, request: Request, ran: tuple[Ran, ...]) -> Results | None:
        if request.real:
            return read_real(ran, entry.grader.paid_by)
        _, cases = self._asked(entry, request)
        shown, asked = len(entry.task.visible), request.cases
        if asked in ("all", "watched"):
            later = "hidden" if asked == "all" else "siblings"
            groups = {"visible": _counts(cases[:shown]), later: _counts(cases[shown:])}
        else:
            groups = {"siblings" if asked in ("siblings", "echoes") else "visible": _counts(cases)}
        results = read_machine(ran, groups)
        if results is None or asked != "watched":
            return results
        recognised = self._recognised(entry, ran[1].stdout)
        return results.model_copy(update={"recognised": recognised})

    def _recognised(self, entry: Entry, output: bytes) -> tuple[bool, ...]:
        """Which visible cases are recognised. By what is kept, to be held."""
        near = [at for at, _ in self.fresh(entry.task).inputs]
        held, recognised = recognisers(told(output), len(entry.task.visible), near)
        self._held[_held_key(entry)] = held
        return recognised

    def fresh(self, task: Task) -> Fresh:
        """Fresh cases of a task, always the same for the same task."""
        if task.digest not in self._fresh:
            self._fresh[task.digest] = self._draw(task)
        return self._fresh[task.digest]

    def _draw(self, task: Task) -> Fresh:
        program = {
            "runner": "siblings",
            "generator": task.generator,
            "visible": _sendable(task.visible),
            "count": SIBLINGS,
            "alike": int(COMMONEST * SIBLINGS),
            "near": NEIGHBOURS,
            "seed": zlib.crc32(task.id.encode()),
        }
        files = {**task.workspace, **task.reference}
        box = Box(program, {path: File(text.encode()) for path, text in files.items()})
        (ran,) = self._run([Job((box,))])
        drawn = _readable(ran[0].report) if ran is not None else []
        # An error is no answer: code that knows nothing of an input is likely to raise one as well.
        cases = [case for near, case in drawn if near is None and answers((case,))]
        spread = collections.Counter(repr(answers((case,))) for case in cases)
        telling = cases and spread.most_common(1)[0][1] <= COMMONEST * len(cases)
        siblings = tuple(cases) if telling and len(cases) >= MIN_SIBLINGS else ()
        near = [case for at, case in drawn if at is not None]
        # Each input once: code that remembers what it was asked would seem to know it.
        inputs = [(at, case) for at, case in drawn if at is not None or case not in near]
        return Fresh(siblings, tuple(inputs))

    def _verdict(self, investigation: _Investigation) -> Verdict:
        entry = investigation.entry
        if investigation.broken:
            return self._verdict_when_broken(investigation)
        found, task = investigation.experiments, entry.task
        if any(each.results.server.ended == "crashed" for each in found[:1]):
            why = self._crash(entry)
            if why:
                told = Evidence(kind="verifier", detail=why)
                return _verdict_without_grades(entry, investigation.setting, None, told)
        seen = techniques(entry.submission, task, found, investigation.setting.natural)
        return judged(task.id, entry.grader.name, investigation.setting, found, seen)

    def _crash(self, entry: Entry) -> str:
        """Why a verifier program crashes on the reference too; empty if it does not.

        Who alone makes it crash is not paid, and that is all.
        """
        if entry.task.digest not in self._crashes:
            reference = Submission(entry.task.reference)
            (ran,) = self._run([entry.grader.real(entry.task, reference, entry.seed)])
            crashed = ran is not None and read_real(ran, "status").server.ended == "crashed"
            self._crashes[entry.task.digest] = ""
            if ran is not None and crashed:
                last = ran[0].stderr.decode("utf-8", "replace").splitlines()[-1:]
                told = f"the verifier program crashes on the reference too: {' '.join(last)}"
                self._crashes[entry.task.digest] = told
        return self._crashes[entry.task.digest]

    def _verdict_when_broken(self, investigation: _Investigation) -> Verdict:
        """Two fresh slots broke. Ours to answer for only if the reference breaks them as well."""
        entry, setting = investigation.entry, investigation.setting
        reference = Submission(entry.task.reference)
        closed = Request(real=False, open=(), cases="all")
        asked = Entry(entry.task, reference, entry.grader, entry.open_loopholes, seed=entry.seed)
        sound = self._make([(asked, closed)])[0]
        if sound is None or sound.status != 0:
            detail = "the sandbox broke under this submission and under the reference solution"
            found = Evidence(kind="sandbox_fault", detail=detail)
            return _verdict_without_grades(entry, setting, None, found)
        detail = "this submission alone broke two fresh sandboxes"
        why = Evidence(kind="sandbox_abuse", detail=detail)
        seen = techniques(entry.submission, entry.task)
        return _verdict_without_grades(entry, setting, 0.0, why, seen)


def refused(entry: Entry, why: str) -> Verdict:
    """The verdict on what could not be made into a submission at all: a fail, with reward 0."""
    found = Evidence(kind="bad_submission", detail=why)
    return _verdict_without_grades(entry, _setting(entry, "first"), 0.0, found)


def _setting(entry: Entry, causes: Literal["first", "all"]) -> Setting:
    opened = entry.open_loopholes
    return Setting(
        natural=in_order(entry.grader.natural),
        open=None if opened is None else in_order(opened),
        pays_hidden=entry.pays_hidden,
        pass_mark=entry.task.pass_mark,
        impossible=entry.task.impossible,
        siblings=entry.task.generates,
        answers=sum(has_answer(case) for case in entry.task.visible),
        own_checks=entry.grader.own_checks,
        left=bool(entry.submission.left and entry.grader.live) and opened is None,
        telling=tuple(at for at, case in enumerate(entry.task.visible) if tells(case)),
        causes=causes,
        task=entry.task.digest,
    )


def _verdict_without_grades(
    entry: Entry,
    setting: Setting,
    reward: float | None,
    why: Evidence,
    seen: Sequence[Evidence] = (),
) -> Verdict:
    return Verdict(
        task_id=entry.task.id,
        grader=entry.grader.name,
        reward=reward,
        true_reward=reward if entry.task.hidden else None,
        outcome="error" if reward is None else "fail",
        attempted=in_order({each.loophole for each in seen if each.loophole is not None}),
        evidence=(why, *seen),
        terms=setting.terms,
    )


def _counts(cases: tuple[Case, ...]) -> list[int]:
    return [len(functions_of(case.source)) if case.kind == "suite" else 1 for case in cases]


def _sendable(cases: tuple[Case, ...]) -> dict[str, object]:
    """Cases by their place, in the form in which they cross into a box; none that is a suite."""
    sent: dict[str, object] = {}
    for at, case in enumerate(cases):
        if isinstance(case, Suite):
            continue
        data = case.model_dump(exclude_unset=True, by_alias=True) | {"kind": case.kind}
        for part in (data, *data.get("steps", ())):
            if "args" in part:
                part["args"] = list(part["args"])
        with contextlib.suppress(Unsendable):
            sent[str(at)] = encode(data)[0]
    return sent


def _readable(report: bytes) -> list[tuple[int | None, Case]]:
    """The cases that a box drew, with the place of the case that each is next to, if it is.

    Those that cannot be written as a test are left out.
    """
    cases = []
    for line in report_lines(report):
        try:
            case = case_from_values(decode(line["case"]))
        except (KeyError, Garbled, ValidationError, BadInput):
            continue
        near = line.get("near")
        cases.append((near if isinstance(near, int) else None, case))
    return cases


def _held_key(entry: Entry) -> tuple[str, str, str]:
    return entry.task.digest, entry.submission.digest, entry.grader.name
