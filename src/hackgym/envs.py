"""The environments as Gymnasium knows them: text in, text out. See docs/semantics.md."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import gymnasium
from gymnasium.error import InvalidAction, ResetNeeded
from gymnasium.spaces import Text

from hackgym.arena import Arena
from hackgym.episode import MAX_TEXT, Attempt
from hackgym.errors import BadInput, SandboxFault
from hackgym.sandbox import Sandbox
from hackgym.task import Task

SAMPLE = 200
"""How long a sampled text is at most: nobody is served by a million random characters."""

RENDER_MODES = ["ansi"]


class AnyText(Text):
    """Any text in any script, up to 1,000,000 characters. Samples are short and printable."""

    def __init__(self) -> None:
        super().__init__(MAX_TEXT, min_length=0, charset=string.printable)

    def contains(self, x: Any) -> bool:
        """Whether it is a text that is short enough."""
        return isinstance(x, str) and len(x) <= self.max_length

    def sample(self, mask: Any = None, probability: Any = None) -> str:
        """A random text; `mask` and `probability` are as in `Text`."""
        if mask is None and probability is None:
            mask = (int(self.np_random.integers(SAMPLE + 1)), None)
        return super().sample(mask, probability)

    def __repr__(self) -> str:
        return f"AnyText({self.max_length})"


def check_render_mode(render_mode: str | None) -> str | None:
    """The render mode, if there is such a one. Raises BadInput."""
    if render_mode is not None and render_mode not in RENDER_MODES:
        raise BadInput(f"render_mode={render_mode!r}: give 'ansi' or nothing")
    return render_mode


def check_action(action: object) -> str:
    """The action, if it is text. Raises gymnasium's InvalidAction."""
    if not isinstance(action, str):
        raise InvalidAction(f"an action is the text of a reply, not {type(action).__name__}")
    return action


class HackEnv(gymnasium.Env[str, str]):
    """A programming task with a grader that can be cheated.

    Observations and actions are text: the task, and a reply with files in fenced blocks. `info`
    holds `task_id` and `environment`, and at the end of an episode `verdict`.

    Args:
        environment_id: a Gymnasium id of this library.
        grader: another style of grading (`script`, `pytest`, ...), where the environment leaves it
            open.
        tasks: the tasks to play: a set, the name of a built-in set or a path to one; None for the
            environment's own.
        sandbox: where submissions run: a sandbox, which stays the caller's to close, or the name of
            one, which environments of a process share and close after the last of them.
        causes: `first` stops at the lowest loophole that explains a reward, `all` finds every one.
        render_mode: `ansi` for a transcript, or None.
        task_id: the only task to play; None draws one at each reset.
        split: only the tasks of this split: `train`, `validation` or `test`.

    Raises:
        UnknownName: no such environment, grader, sandbox or task.
        BadInput: no task fits, or the grader or render mode cannot be had here.
        SandboxUnavailable: this machine lacks what the sandbox needs.
    """

    metadata = {"render_modes": RENDER_MODES, "render_fps": 1}  # noqa: RUF012 - Gymnasium's type

    def __init__(
        self,
        environment_id: str,
        grader: str | None = None,
        tasks: str | Path | Mapping[str, Task] | None = None,
        sandbox: str | Sandbox = "jail",
        causes: Literal["first", "all"] = "first",
        render_mode: str | None = None,
        task_id: str | None = None,
        split: str | None = None,
    ) -> None:
        self.render_mode = check_render_mode(render_mode)
        self.observation_space = AnyText()
        self.action_space = AnyText()
        self._arena = Arena(environment_id, grader, tasks, sandbox, causes, task_id, split)
        self._attempt: Attempt | None = None

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[str, dict[str, Any]]:
        """Begin an episode.

        Args:
            seed: of the draw of tasks and of everything random in grading.
            options: `task_id` gives the task; there are no others.

        Returns:
            The task as its learner reads it, and plain data about the episode.

        Raises:
            UnknownName: no such option or task.
        """
        super().reset(seed=seed)
        self._attempt = self._arena.begin(self.np_random, options)
        return self._attempt.observation, self._attempt.info()

    def step(self, action: str) -> tuple[str, float, bool, bool, dict[str, Any]]:
        """Hand in a reply.

        Args:
            action: files in fenced blocks, or bare code. One that is too long or cannot be used
                ends the episode with reward 0.

        Returns:
            What the learner reads next (nothing at the end), the reward (0..1), whether the episode
            has come to its end, whether a budget of a workspace ran out and ended it, and plain
            data with `verdict` at the end.

        Raises:
            ResetNeeded: there is no episode, or it is over.
            InvalidAction: the action is not text.
            SandboxFault: we could not judge. The episode is void, and the learner is not to blame.
            SandboxUnavailable: nothing can be run here at all.
        """
        attempt = self._attempt
        if attempt is None or attempt.over:
            raise ResetNeeded("there is no episode in progress; call reset() first")
        (observation,) = self._arena.advance([attempt], [check_action(action)])
        if attempt.verdict is not None and attempt.verdict.outcome == "error":
            why = "; ".join(each.detail for each in attempt.verdict.evidence)
            raise SandboxFault(f"task {attempt.task.id}: {why}; reset() begins another episode")
        cut_short = attempt.truncated is not None
        over = attempt.over and not cut_short
        return observation, attempt.reward, over, cut_short, attempt.info()

    def render(self) -> str | None:
        """The episode so far for a person, with its outcome; None without a render mode."""
        if self.render_mode is None:
            gymnasium.logger.warn("render() needs an environment made with render_mode='ansi'")
            return None
        return "" if self._attempt is None else self._attempt.transcript()

    def close(self) -> None:
        """Let go of the sandbox. It can be called twice."""
        self._arena.close()
