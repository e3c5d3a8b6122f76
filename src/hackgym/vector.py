"""Many episodes side by side, whose submissions are judged in one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from gymnasium.error import ResetNeeded
from gymnasium.utils import seeding
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space
from numpy.typing import NDArray

from hackgym.arena import Arena
from hackgym.envs import RENDER_MODES, AnyText, check_action, check_render_mode
from hackgym.episode import Attempt
from hackgym.errors import BadInput
from hackgym.sandbox import Sandbox
from hackgym.task import Task

Stepped = tuple[
    tuple[str, ...], NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], dict[str, Any]
]


class HackVectorEnv(VectorEnv[tuple[str, ...], Sequence[str], NDArray[Any]]):
    """Several episodes of one environment at a time: what `gymnasium.make_vec` gives by default.

    A step judges all submissions in one batch. Where we could not judge one, its reward is NaN and
    the outcome in its verdict is `error`; the others are not lost.

    Args:
        environment_id: a Gymnasium id of this library.
        num_envs: how many episodes are played at a time.
        autoreset_mode: when an episode that is over is followed by the next: at the next step
            (whose action is ignored), at the same step, or not before it is reset.
        grader: as in `HackEnv`, like all that follow.
        tasks: see there.
        sandbox: see there.
        causes: see there.
        render_mode: see there.
        task_id: see there.
        split: see there.

    Raises:
        BadInput: `num_envs` or the autoreset mode is none; and what `HackEnv` raises.
    """

    def __init__(
        self,
        environment_id: str,
        num_envs: int = 1,
        autoreset_mode: AutoresetMode | str = AutoresetMode.NEXT_STEP,
        grader: str | None = None,
        tasks: str | Path | Mapping[str, Task] | None = None,
        sandbox: str | Sandbox = "jail",
        causes: Literal["first", "all"] = "first",
        render_mode: str | None = None,
        task_id: str | None = None,
        split: str | None = None,
    ) -> None:
        self.closed = True  # there is nothing to close, should what follows fail
        if num_envs < 1:
            raise BadInput(f"num_envs={num_envs}: give 1 or more")
        self.num_envs = num_envs
        self._mode = _autoreset_mode(autoreset_mode)
        self.metadata = {
            "render_modes": RENDER_MODES,
            "render_fps": 1,
            "autoreset_mode": self._mode,
        }
        self.render_mode = check_render_mode(render_mode)
        self.single_observation_space = AnyText()
        self.single_action_space = AnyText()
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self._arena = Arena(environment_id, grader, tasks, sandbox, causes, task_id, split)
        self._rngs = [seeding.np_random()[0] for _ in range(num_envs)]
        self._attempts: list[Attempt] = []
        self.closed = False

    def reset(
        self,
        *,
        seed: int | Sequence[int | None] | None = None,
        options: dict[str, Any] | None = None,
    ) -> tuple[tuple[str, ...], dict[str, Any]]:
        """Begin episodes.

        Args:
            seed: one for each slot, or the first of consecutive ones, or None to go on drawing.
            options: `task_id` gives the task of all slots, or a list one for each. `reset_mask`, a
                boolean array, says which slots to reset; by default it is all.

        Returns:
            What each learner reads, and data on the slots that were reset.

        Raises:
            UnknownName: no such option or task.
            BadInput: a list or mask of another length than there are slots.
        """
        options = dict(options or {})
        mask = self._mask(options.pop("reset_mask", None))
        wishes = self._wishes(options)
        for slot, one_seed in enumerate(self._seeds(seed)):
            if one_seed is not None and mask[slot]:
                self._rngs[slot] = seeding.np_random(one_seed)[0]
        begun = {
            slot: self._arena.begin(self._rngs[slot], wishes[slot])
            for slot in range(self.num_envs)
            if mask[slot]
        }
        self._attempts = [
            begun[slot] if slot in begun else self._attempts[slot] for slot in range(self.num_envs)
        ]
        infos: dict[str, Any] = {}
        for slot, attempt in begun.items():
            infos = self._add_info(infos, attempt.info(), slot)
        return self._observations(), infos

    def step(self, actions: Sequence[str]) -> Stepped:
        """Hand in a reply in each slot.

        Returns:
            As `HackEnv.step`, in a tuple and arrays. `infos` has Gymnasium's form: arrays by key,
            and beside each a mask `_key` of the slots that it was set for.

        Raises:
            ResetNeeded: there is no episode in a slot, or it is over and resets are disabled.
            InvalidAction: an action is not text.
            BadInput: there are not as many actions as slots.
            SandboxUnavailable: nothing can be run here at all.
        """
        if len(actions) != self.num_envs:
            raise BadInput(f"actions: there are {len(actions)} for {self.num_envs} environments")
        playing = self._playing()
        replies = [check_action(actions[slot]) for slot in playing]
        self._arena.advance([self._attempts[slot] for slot in playing], replies)
        for slot in set(range(self.num_envs)) - set(playing):
            self._attempts[slot] = self._arena.begin(self._rngs[slot], None)
        rewards = np.array([each.reward for each in self._attempts], dtype=np.float64)
        over = np.array([each.over for each in self._attempts], dtype=np.bool_)
        cut_short = np.array(
            [each.truncated is not None for each in self._attempts], dtype=np.bool_
        )
        infos: dict[str, Any] = {}
        for slot in range(self.num_envs):
            if over[slot] and self._mode is AutoresetMode.SAME_STEP:
                infos = self._add_info(infos, self._begin_again(slot), slot)
            infos = self._add_info(infos, self._attempts[slot].info(), slot)
        return self._observations(), rewards, over & ~cut_short, cut_short, infos

    def render(self) -> tuple[str, ...] | None:
        """The episodes so far for a person, with their outcomes; None without a render mode."""
        if self.render_mode is None:
            return None
        return tuple(each.transcript() for each in self._attempts)

    def close_extras(self, **_: Any) -> None:
        """Let go of the sandbox."""
        self._arena.close()

    def _playing(self) -> list[int]:
        """The slots in which the next actions count. Raises ResetNeeded."""
        if not self._attempts:
            raise ResetNeeded("there is no episode in progress; call reset() first")
        playing = [slot for slot, each in enumerate(self._attempts) if not each.over]
        if self._mode is AutoresetMode.DISABLED and len(playing) < self.num_envs:
            raise ResetNeeded(
                "an episode is over; reset it with reset(options={'reset_mask': ...}) before a step"
            )
        return playing

    def _begin_again(self, slot: int) -> dict[str, Any]:
        """Follow an episode by the next and return what the last one ended with."""
        ended = self._attempts[slot]
        self._attempts[slot] = self._arena.begin(self._rngs[slot], None)
        return {"final_obs": ended.observation, "final_info": ended.info()}

    def _observations(self) -> tuple[str, ...]:
        return tuple(each.observation for each in self._attempts)

    def _seeds(self, seed: int | Sequence[int | None] | None) -> Sequence[int | None]:
        if seed is None:
            return [None] * self.num_envs
        if isinstance(seed, int):
            return range(seed, seed + self.num_envs)
        if len(seed) != self.num_envs:
            raise BadInput(f"seed: there are {len(seed)} seeds for {self.num_envs} environments")
        return seed

    def _mask(self, mask: object) -> NDArray[np.bool_]:
        """Which slots to reset: at first, all of them."""
        if mask is None:
            return np.ones(self.num_envs, dtype=np.bool_)
        if not isinstance(mask, np.ndarray) or mask.dtype != np.bool_:
            raise BadInput("reset_mask: give a numpy array of booleans")
        if mask.shape != (self.num_envs,):
            raise BadInput(f"reset_mask: its shape is {mask.shape}, not ({self.num_envs},)")
        if not self._attempts and not mask.all():
            raise ResetNeeded("reset_mask: nothing was reset yet; reset all of them first")
        return mask

    def _wishes(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        """The options of each slot."""
        task_ids = options.get("task_id")
        if not isinstance(task_ids, Sequence) or isinstance(task_ids, str):
            return [options] * self.num_envs
        if len(task_ids) != self.num_envs:
            raise BadInput(f"task_id: there are {len(task_ids)} for {self.num_envs} environments")
        return [{**options, "task_id": task_id} for task_id in task_ids]


def _autoreset_mode(mode: AutoresetMode | str) -> AutoresetMode:
    try:
        return AutoresetMode(mode)
    except ValueError:
        known = ", ".join(repr(each.value) for each in AutoresetMode)
        raise BadInput(f"autoreset_mode={mode!r}: give one of {known}") from None
