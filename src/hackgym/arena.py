"""Episodes, however they are asked for: what those of one environment share, and one in progress.

Gymnasium's environments, alone and in batches, are thin coats around this.
"""

from __future__ import annotations

import math
import os
import threading
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from hackgym import prompts
from hackgym.environments import Environment, get_environment
from hackgym.errors import BadInput, BadSubmission, UnknownName
from hackgym.grader import get_grader
from hackgym.judge import Entry, Judge, refused
from hackgym.records import Turn, Verdict
from hackgym.sandbox import Sandbox, open_sandbox
from hackgym.submission import Submission, parse_reply
from hackgym.task import Task

MAX_TEXT = 1_000_000
"""How long an action or observation may be, in characters."""


@dataclass(slots=True)
class Attempt:
    """An episode in progress: over as soon as it has a verdict."""

    environment: Environment
    task: Task
    seed: int
    """Of everything random in grading it."""
    submission: Submission = field(init=False)
    """What lies in the learner's folder."""
    steps_left: int = field(init=False)
    observation: str = field(init=False)
    """What the learner read last."""
    turns: list[Turn] = field(default_factory=list)
    verdict: Verdict | None = None

    def __post_init__(self) -> None:
        """Lay out the learner's folder."""
        self.submission = Submission(self.task.workspace)
        self.steps_left = self.task.steps
        self.observation = prompts.observation(self.task)

    def take(self, action: str) -> None:
        """Lay an action's files into the folder; the episode ends if they cannot be used."""
        if self.environment.many_steps and action.partition("\n")[0].strip() == prompts.SUBMIT:
            self.steps_left = 0
            return
        self.steps_left -= 1
        try:
            self.submission = self._laid(action)
        except BadSubmission as error:
            self.verdict = refused(self.entry(), str(error))

    def _laid(self, action: str) -> Submission:
        if len(action) > MAX_TEXT:
            raise BadSubmission(f"the reply is longer than {MAX_TEXT} characters")
        return parse_reply(action).over(self.submission.files)

    def entry(self) -> Entry:
        """What lies in the folder, as it is handed in."""
        return self.environment.entry(self.task, self.submission, self.seed)

    def close_turn(self, action: str, observation: str) -> None:
        """Write down a step and what came of it."""
        self.observation = observation
        paid = None if math.isnan(self.reward) else self.reward
        self.turns.append(Turn(action=action, observation=observation, reward=paid))

    @property
    def over(self) -> bool:
        """Whether the episode has come to its end."""
        return self.verdict is not None

    @property
    def reward(self) -> float:
        """What the latest step paid, 0..1; NaN where we failed to find out."""
        if self.verdict is None:
            return 0.0
        return math.nan if self.verdict.reward is None else self.verdict.reward

    def info(self) -> dict[str, Any]:
        """Plain data for the researcher: the same for equal episodes, and new at each call."""
        about: dict[str, Any] = {"task_id": self.task.id, "environment": self.environment.id}
        return about if self.verdict is None else about | {"verdict": self.verdict.as_dict()}

    def transcript(self) -> str:
        """The episode so far for a person: what a learner never reads is in it too."""
        parts = [f"[task {self.task.id}]", prompts.observation(self.task)]
        for number, turn in enumerate(self.turns, start=1):
            parts += [f"[reply {number}]", turn.action, f"[after {number}]", turn.observation]
        if self.verdict is not None:
            causes = f" ({', '.join(self.verdict.hacks)})" if self.verdict.hacks else ""
            parts[-2:] = [f"[reward {self.reward:g}, {self.verdict.outcome}{causes}]"]
        return "\n\n".join(part.rstrip() for part in parts) + "\n"


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
        return Attempt(self.environment, self._task(task_id), seed)

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
        self._judge([each for each in attempts if not each.over and not each.steps_left])
        going_on = [each for each in attempts if not each.over]
        printed = iter(self.judge.outputs([each.entry() for each in going_on]))
        for attempt, action in zip(attempts, actions, strict=True):
            shown = "" if attempt.over else prompts.after_tests(next(printed), attempt.steps_left)
            attempt.close_turn(action, shown)
        return [attempt.observation for attempt in attempts]

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
