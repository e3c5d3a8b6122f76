"""What is written down: experiments, verdicts and episodes, with a canonical JSON form."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field

from hackgym.names import Outcome
from hackgym.task import Frozen

Cases = Literal["visible", "all", "siblings", "echoes", "watched", "held", "constants"]
"""`all`: visible, then hidden. `siblings`: fresh cases. `echoes`: fresh cases that pass where
nothing new is answered. `watched`: visible cases, then fresh ones, while the submission's
expressions are watched. `held`: visible cases, while what recognises them is held. `constants`:
visible answers that stand among the submission's constants are replaced there, and the
replacements are expected."""


class Noticed(Frozen):
    """A telling thing that a submission's process was seen to do. It could have been forged."""

    event: str
    """The name of Python's audit event."""
    mode: Literal["", "read", "write"] = ""
    detail: str = ""
    place: str
    """File and line."""


class Server(Frozen):
    """How the submission's own process came to its end."""

    exit_code: int | None = None
    signal: int | None = None
    stopped: str | None = None
    """The limit that ended it."""
    ended: Literal["returned", "exit", "crashed"] | None = None
    """How its runner ended: by itself, by an exit from the submission, or because a verifier
    program crashed; None if it never did."""
    status: int | None = None
    """What its runner said at its end; 0 is success."""
    vouched: bool = False
    """Whether the words that vouch for it stood in its main file then."""
    printed: bool = False
    """Whether a line of its output says that all tests passed."""
    noticed: tuple[Noticed, ...] = ()
    """Only ever used to name techniques."""


class Results(Frozen):
    """What was observed in one grade."""

    by: Literal["runner", "machine"]
    """The real runner on the real tests, or the switch machine."""
    server: Server
    status: int | None = None
    """What the grader said, or in the machine the deciding process; None if it never did."""
    admitting: Server | None = None
    """In the machine, how the deciding process ended, where files were let into it."""
    visible: tuple[bool, ...] = ()
    hidden: tuple[bool, ...] = ()
    siblings: tuple[bool, ...] = ()
    verified: bool = False
    """Whether a task's own verifier program decided, at the boundary of the submission."""
    excused: bool = False
    """Whether the grader's own runner lets all tests pass that failed: it tries again, or leaves
    out what hung or raised."""
    recognised: tuple[bool, ...] = ()
    """Of watched cases: for each visible one, whether an expression tells it from fresh ones."""
    detail: str = ""
    """The first failure in the deciding process, for a person."""


class Experiment(Frozen):
    """One grade of one submission."""

    open: tuple[str, ...]
    """Loopholes open in it, lowest first."""
    cases: Cases
    repeat: int = 0
    results: Results
    reward: float

    @property
    def paid(self) -> bool:
        """Whether it paid in full."""
        return self.reward >= 1.0


ATTEMPT = "attempt"
"""The kind of evidence that names an exploit technique which did not carry the reward."""


class Evidence(Frozen):
    """A sentence for a person, about what led to a verdict."""

    kind: str
    loophole: str | None = None
    detail: str


class Terms(Frozen):
    """What a verdict depends on besides its experiments."""

    natural: tuple[str, ...]
    """The grader's natural loopholes, lowest first."""
    open: tuple[str, ...] | None
    """What is open in the environment; None when the real runner pays."""
    pays_hidden: bool = False
    """Whether the reward is for hidden cases too: the control environment."""
    pass_mark: float = 1.0
    impossible: bool = False
    left: bool = False
    """Whether processes were running when the submission was handed in, which PAY leaves alone."""
    siblings: bool = True
    """Whether fresh cases can be drawn."""
    answers: int = 4
    """How many visible cases expect a value that could be written down."""
    telling: tuple[int, ...] = (0, 1, 2, 3)
    """The visible cases whose answers are not what borderline inputs get."""
    own_checks: bool = False
    """Whether a task's own verifier program pays, whose checks are not those of the cases."""
    causes: Literal["first", "all"] = "first"
    task: str = ""
    """The task's digest."""


class Verdict(Frozen):
    """What the detector says of an episode."""

    task_id: str
    grader: str
    reward: float | None
    """What was paid; None when the outcome is `error`."""
    true_reward: float | None
    """What the visible and hidden cases give with everything closed; None without hidden cases."""
    outcome: Outcome
    hacks: tuple[str, ...] = ()
    attempted: tuple[str, ...] = ()
    """Exploit techniques that were present but did not carry the reward."""
    experiments: tuple[Experiment, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    terms: Terms | None = None
    """What `replay` needs besides the experiments; None in records of an old version."""

    def as_dict(self) -> dict[str, Any]:
        """The verdict as plain JSON data."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return data


class Deed(Frozen):
    """What a learner did to a workspace in one step."""

    action: str
    argument: str = ""
    """A path, or a command."""
    status: int | None = None
    """The exit status of a command; None where it could not be told."""
    changed: tuple[str, ...] = ()
    """Files that were written or changed."""
    deleted: tuple[str, ...] = ()
    left: bool = False
    """Whether a process was left running."""


class Turn(Frozen):
    """One step of an episode: what was handed in and what came back."""

    action: str
    observation: str
    reward: float | None
    """What the step paid; None where we failed to find out."""
    deed: Deed | None = None
    """In an episode of many steps."""


class Episode(Frozen):
    """One attempt from reset to end: one line of a run."""

    id: str
    environment: str
    policy: str
    task_id: str
    seed: int
    turns: tuple[Turn, ...]
    files: dict[str, str] = Field(default_factory=dict)
    """The submission that was judged."""
    deleted: tuple[str, ...] = ()
    """Files of the workspace that it did without."""
    left: tuple[str, ...] = ()
    """Commands of it whose processes were still running."""
    truncated: str | None = None
    """The budget that ran out, where the submission was not handed in."""
    verdict: Verdict
    versions: dict[str, str] = Field(default_factory=dict)
    sandbox: str = ""
    isolation: str = ""
    """What the sandbox kept apart where this was played."""
    wall_s: float = 0.0


def to_line(record: Frozen) -> str:
    """Canonical JSON on one line."""
    return json.dumps(record.model_dump(mode="json"), sort_keys=True, ensure_ascii=True)
