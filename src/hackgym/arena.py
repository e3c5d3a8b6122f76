"""Episodes, however they are asked for: what those of one environment share.

Gymnasium's environments, alone and in batches, are thin coats around this.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from hackgym import prompts
from hackgym.environments import get_environment
from hackgym.episode import Attempt, LongAttempt
from hackgym.errors import BadInput, UnknownName
from hackgym.grader import get_grader
from hackgym.judge import Judge
from hackgym.sandbox import Job, Ran, Sandbox, open_sandbox
from hackgym.task import Task
from hackgym.workspace import Run, Test

_sharing = threading.Lock()
_shared: dict[tuple[int, str], tuple[Sandbox, int]] = {}
"""Open sandboxes, each with the number of its users. A fork of this process opens its own."""


def _borrow(name: str) -> Sandbox:
    """The process's one sandbox of that name. Raises UnknownName or SandboxUnavailable."""
    key = os.getpid(), name
    with _sharing:
        sandbox, users = _shared[key] if key in _shared else (open_sandbox(name), 0)
        _shared[key] = sandbox, users + 1
        return sandbox


def _give_back(process: int, name: str) -> None:
    """Close a borrowed sandbox if this was its last user."""
    if process != os.getpid():
        return
    with _sharing:
        sandbox, users = _shared.pop((process, name))
        if users > 1:
            _shared[process, name] = sandbox, users - 1
            return
    sandbox.close()


class Arena:
    """What the episodes of one environment share: its tasks, its sandbox and its judge.

    Args:
        environment_id: a Gymnasium id of this library.
        grader: another style of grading, where the environment leaves it open.
        tasks: the tasks to play: a set, the name of a built-in set or a path; None for the
            environment's own.
        sandbox: a sandbox, which stays the caller's to close, or the name of one. By name, a
            process opens it once and closes it after its last user.
        causes: see `Judge`.
        task_id: the only task to play; None for all that fit.
        split: only the tasks of this split: `train`, `validation` or `test`.

    Raises:
        UnknownName: no such environment, grader, sandbox or task.
        BadInput: no task fits, or the grader is not to be chosen here.
        SandboxUnavailable: this machine lacks what the sandbox needs.
    """

    def __init__(
        self,
        environment_id: str,
        grader: str | None,
        tasks: str | Path | Mapping[str, Task] | None,
        sandbox: str | Sandbox,
        causes: Literal["first", "all"],
        task_id: str | None,
        split: str | None,
    ) -> None:
        self.environment = get_environment(environment_id)
        if grader is not None:
            self.environment = self.environment.graded_by(get_grader(grader).name)
        self._tasks = self.environment.tasks(tasks, split)
        self._task_ids = list(self._tasks) if task_id is None else [self._task(task_id).id]
        self._draw(np.random.default_rng(0))  # there is one that fits
        self.close = _nothing
        if isinstance(sandbox, str):
            self.judge = Judge(_borrow(sandbox), causes)
            # Also called when the arena is forgotten; called again, it does nothing.
            self.close = weakref.finalize(self, _give_back, os.getpid(), sandbox)
        else:
            self.judge = Judge(sandbox, causes)

    def begin(self, rng: np.random.Generator, options: Mapping[str, Any] | None) -> Attempt:
        """Begin an episode.

        Args:
            rng: draws the task and the seed of everything random in the episode. It is used alike
                whether or not the task is given.
            options: `task_id` gives the task; there are no others.

        Raises:
            UnknownName: no such option or task.
        """
        for name in options or ():
            if name != "task_id":
                raise UnknownName("option of reset", name, ["task_id"])
        drawn = self._draw(rng)
        seed = int(rng.integers(2**31))
        task_id = (options or {}).get("task_id", drawn)
        return self.attempt(self._task(task_id), seed)

    def attempt(self, task: Task, seed: int) -> Attempt:
        """Begin an episode with a task that fits."""
        kind = LongAttempt if self.environment.many_steps else Attempt
        return kind(self.environment, task, seed)

    def _draw(self, rng: np.random.Generator) -> str:
        """A task that fits; of a large set, few are looked at. Raises BadInput where none does."""
        for at in rng.permutation(len(self._task_ids)):
            task_id: str = self._task_ids[at]
            if self.environment.fits(self._tasks[task_id]):
                return task_id
        count = len(self._task_ids)
        raise BadInput(f"tasks: none of the {count} tasks fits {self.environment.id}")

    def _task(self, task_id: object) -> Task:
        if not isinstance(task_id, str) or task_id not in self._tasks:
            raise UnknownName("task", str(task_id), self._tasks)
        if not self.environment.fits(self._tasks[task_id]):
            raise BadInput(f"the task {task_id!r} does not fit {self.environment.id}")
        return self._tasks[task_id]

    def advance(self, attempts: Sequence[Attempt], actions: Sequence[str]) -> list[str]:
        """Play one step of each attempt, and judge those that are then at their end in one batch.

        Returns:
            What each learner reads next; nothing at the end of an episode.

        Raises:
            SandboxUnavailable: nothing can be run here at all.
        """
        for attempt, action in zip(attempts, actions, strict=True):
            attempt.take(action)
        self._work([each for each in attempts if isinstance(each, LongAttempt)])
        self._judge([each for each in attempts if each.handed_in])
        for attempt, action in zip(attempts, actions, strict=True):
            attempt.close_turn(action)
        return [attempt.observation for attempt in attempts]

    def _work(self, attempts: Sequence[LongAttempt]) -> None:
        """Run the commands and the tests that are wanted, side by side."""
        asked = [(each, each.wanted) for each in attempts]
        commands = [(each, do.command) for each, do in asked if isinstance(do, Run)]
        jobs = [attempt.workspace.job(command) for attempt, command in commands]
        for (attempt, command), ran in zip(commands, self._ran(jobs), strict=True):
            deed, text = attempt.workspace.ran(command, ran)
            attempt.tell(text, deed)
        tested = [each for each, do in asked if isinstance(do, Test)]
        entries = [replace(each.entry(), submission=each.workspace.submission) for each in tested]
        for attempt, printed in zip(tested, self.judge.outputs(entries), strict=True):
            attempt.tell(prompts.steady(printed))
        for attempt in attempts:
            attempt.close_step()

    def _ran(self, jobs: Sequence[Job]) -> list[tuple[Ran, ...] | None]:
        """Run jobs; one under which the sandbox broke is given another chance."""
        found = list(self.judge.sandbox.run(jobs)) if jobs else []
        broken = [at for at, ran in enumerate(found) if ran is None]
        again = self.judge.sandbox.run([jobs[at] for at in broken]) if broken else []
        for at, ran in zip(broken, again, strict=True):
            found[at] = ran
        return found

    def _judge(self, attempts: Sequence[Attempt]) -> None:
        # Equal submissions of a batch are judged once, hence with the seed of the first of them.
        seeds: dict[tuple[str, str], int] = {}
        for each in attempts:
            each.seed = seeds.setdefault((each.task.id, each.submission.digest), each.seed)
        verdicts = self.judge.judge_many([each.entry() for each in attempts])
        for attempt, verdict in zip(attempts, verdicts, strict=True):
            attempt.verdict = verdict


def _nothing() -> None:
    pass
