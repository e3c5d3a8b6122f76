"""One episode in progress: of one step, or of many in a folder."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from hackgym import prompts
from hackgym.environments import Environment
from hackgym.errors import BadSubmission
from hackgym.judge import Entry, refused
from hackgym.records import Deed, Turn, Verdict
from hackgym.submission import Submission, parse_reply
from hackgym.task import Task
from hackgym.workspace import (
    Action,
    List,
    NoAction,
    Read,
    Run,
    Submit,
    Test,
    Workspace,
    parse_step,
)

MAX_TEXT = 1_000_000
"""How long an action or observation may be, in characters."""


@dataclass(slots=True)
class Attempt:
    """An episode in progress: over as soon as it has a verdict. Its first step is its last."""

    environment: Environment
    task: Task
    seed: int
    """Of everything random in grading it."""
    submission: Submission = field(init=False)
    """What is handed in."""
    observation: str = field(init=False)
    """What the learner read last."""
    turns: list[Turn] = field(default_factory=list)
    truncated: str | None = None
    """The budget that ran out before anything was handed in."""
    verdict: Verdict | None = None

    def __post_init__(self) -> None:
        """Begin with the task."""
        self.submission = Submission(self.task.workspace)
        self.observation = prompts.observation(self.task)

    def take(self, action: str) -> None:
        """Hand an action's files in; the episode ends if they cannot be used."""
        try:
            self.submission = parse_reply(_short(action)).over(self.submission.files)
        except BadSubmission as error:
            self.verdict = refused(self.entry(), str(error))

    @property
    def handed_in(self) -> bool:
        """Whether there is something to judge now."""
        return self.verdict is None

    def entry(self) -> Entry:
        """What is handed in."""
        return self.environment.entry(self.task, self.submission, self.seed)

    def close_turn(self, action: str) -> None:
        """Write down a step and what came of it."""
        self.observation = ""
        self._note(action, None)

    def _note(self, action: str, deed: Deed | None) -> None:
        paid = None if math.isnan(self.reward) else self.reward
        turn = Turn(action=action, observation=self.observation, reward=paid, deed=deed)
        self.turns.append(turn)

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
        if self.truncated is not None:
            about["truncated"] = self.truncated
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


@dataclass(slots=True)
class LongAttempt(Attempt):
    """An episode of many steps in a folder."""

    workspace: Workspace = field(init=False)
    steps_left: int = field(init=False)
    wanted: Run | Test | None = None
    """What a sandbox has to do before the step is over."""
    shown: str = ""
    """What came of the step."""
    deed: Deed | None = None
    is_handed_in: bool = False

    def __post_init__(self) -> None:
        """Lay out the learner's folder."""
        super(LongAttempt, self).__post_init__()
        (box,) = self.environment.entry(self.task, Submission({})).real().boxes
        own = {path: file for path, file in box.files.items() if path not in self.task.workspace}
        self.workspace = Workspace(self.task, own, box.program["env"])
        self.submission = self.workspace.submission
        self.steps_left = self.task.steps

    def take(self, action: str) -> None:
        """Do what needs no sandbox, and say in `wanted` what does."""
        self.steps_left -= 1
        self.wanted, self.shown, self.deed = None, "", None
        try:
            reply = parse_step(_short(action))
            self.workspace.write(reply.files)
        except (NoAction, BadSubmission) as error:
            self.shown = f"Nothing was done: {error}.\n{prompts.ACTIONS}"
            return
        self.deed = Deed(action="write", changed=tuple(sorted(reply.files)))
        if reply.files:
            self.shown = f"Written: {', '.join(sorted(reply.files))}."
        if reply.action is not None:
            self._do(reply.action)

    def _do(self, action: Action) -> None:
        assert self.deed is not None, "the step is being written down"
        self.deed = self.deed.model_copy(update={"action": action.action})
        if isinstance(action, Submit):
            self.is_handed_in = True
        elif isinstance(action, Run | Test):
            self.wanted = action
        elif isinstance(action, Read | List):
            self.deed = self.deed.model_copy(update={"argument": action.path})
            look = self.workspace.read if isinstance(action, Read) else self.workspace.list
            self.tell(look(action.path))

    def tell(self, text: str, deed: Deed | None = None) -> None:
        """Show the learner what came of the step, after what is shown already."""
        self.shown = "\n\n".join(filter(None, (self.shown, text)))
        if deed is not None and self.deed is not None:
            changed = tuple(sorted({*self.deed.changed, *deed.changed}))
            self.deed = deed.model_copy(update={"changed": changed})

    def close_step(self) -> None:
        """Take from the budgets what the step has used; without any left, the episode ends."""
        self.shown = prompts.cut(self.shown)
        self.workspace.left_shown -= len(self.shown)
        left = {
            "steps": self.steps_left,
            "time": self.workspace.left_s,
            "output": self.workspace.left_shown,
        }
        if not self.is_handed_in:
            self.truncated = next((name for name, amount in left.items() if amount <= 0), None)
        self.submission = self.workspace.submission

    @property
    def handed_in(self) -> bool:
        """Whether there is something to judge now."""
        return self.is_handed_in or self.truncated is not None

    def close_turn(self, action: str) -> None:
        """Write down a step and what came of it."""
        self.observation = "" if self.over else prompts.after_step(self.shown, self.steps_left)
        self._note(action, self.deed)


def _short(action: str) -> str:
    """The action. Raises BadSubmission if it is too long."""
    if len(action) > MAX_TEXT:
        raise BadSubmission(f"the reply is longer than {MAX_TEXT} characters")
    return action
