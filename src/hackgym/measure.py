"""Runs: many episodes of policies on environments, on disk.

A run's folder holds `config.toml`, which repeats it, and `episodes.jsonl`, one line per episode.
A run that was cut off goes on where it stopped: whole lines are kept, a torn last line is dropped.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import platform
import random
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from hackgym.arena import Arena
from hackgym.environments import Environment, get_environment
from hackgym.episode import Attempt
from hackgym.errors import BadInput, CannotWrite
from hackgym.grader import get_grader
from hackgym.policies import parse_policy
from hackgym.records import Episode, to_line
from hackgym.sandbox import Sandbox
from hackgym.task import Frozen, Task, first_problem

BATCH = 64
"""Episodes that are judged together: so many can be lost when a run is cut off."""


class Config(Frozen):
    """What a run does; the same configuration gives the same episodes."""

    environments: tuple[str, ...] = Field(min_length=1)
    policies: tuple[str, ...] = Field(min_length=1)
    episodes: int = Field(default=20, ge=1)
    """Per environment and policy."""
    seed: int = Field(default=0, ge=0)
    sandbox: str = "jail"
    tasks: str | None = None
    """A task set's path; None for the environment's own."""
    split: str | None = None
    """Only the tasks of this split: `train`, `validation` or `test`."""


def load_config(path: Path) -> Config:
    """Read a configuration file. Raises BadInput naming the field."""
    try:
        return Config.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise BadInput(f"{path}: the file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: not TOML: {error}") from error
    except ValidationError as error:
        raise BadInput(f"{path}: {first_problem(error)}") from error


def dump_config(config: Config) -> str:
    """A configuration as TOML."""
    fields = config.model_dump(mode="json", exclude_none=True)
    # JSON's strings, numbers and lists of strings are TOML as they stand.
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in fields.items())


def measure(
    config: Config,
    sandbox: Sandbox,
    folder: Path,
    causes: Literal["first", "all"] = "first",
    progress: Callable[[Episode], None] | None = None,
) -> list[Episode]:
    """Play a run's episodes, or those that are missing, and return all of them.

    Args:
        config: what to play.
        sandbox: where everything runs; it stays the caller's to close.
        folder: the run's folder, made if need be.
        causes: see `Judge`.
        progress: called for each episode, those found on disk included.

    Raises:
        BadInput: the folder holds another run, or a name in the configuration is unknown.
        CannotWrite: what was played last could not be written; what was before it is there.
    """
    plans = list(_plans(config))
    path = _open_folder(config, folder)
    done = {episode.id: episode for episode in read_episodes(path)}
    for episode in done.values():
        _tell(progress, episode)
    missing = [each for each in plans if each.id not in done]
    for name, group in itertools.groupby(missing, lambda each: each.environment.id):
        arena = Arena(name, None, config.tasks, sandbox, causes, None, config.split)
        left = list(group)
        for at in range(0, len(left), BATCH):
            played = _play(left[at : at + BATCH], arena)
            _append(path, "".join(to_line(episode) + "\n" for episode in played))
            for episode in played:
                done[episode.id] = episode
                _tell(progress, episode)
    return [done[each.id] for each in plans]


def count_episodes(config: Config) -> int:
    """How many episodes a run has."""
    return len(config.environments) * len(config.policies) * config.episodes


def _tell(progress: Callable[[Episode], None] | None, episode: Episode) -> None:
    if progress is not None:
        progress(episode)


class _Plan(Frozen):
    """An episode to play."""

    id: str
    environment: Environment
    policy: str
    task: Task
    seed: int


def _plans(config: Config) -> Iterator[_Plan]:
    for name in config.environments:
        environment = get_environment(name)
        tasks = _tasks(environment, config)
        for policy in config.policies:
            parse_policy(policy)
            for number in range(config.episodes):
                label = f"{environment.id}/{policy}/{number}"
                rng = random.Random(f"{config.seed}/{label}")
                task = tasks[number % len(tasks)]
                yield _Plan(
                    id=label,
                    environment=environment,
                    policy=policy,
                    task=task,
                    seed=rng.randrange(2**31),
                )


def _tasks(environment: Environment, config: Config) -> list[Task]:
    """The tasks that are played; no more of them are read than there are episodes."""
    tasks = environment.tasks(config.tasks, config.split).values()
    fitting = list(itertools.islice(filter(environment.fits, tasks), config.episodes))
    if not fitting:
        raise BadInput(f"{environment.id}: none of the tasks fits its grader")
    return fitting


def _open_folder(config: Config, folder: Path) -> Path:
    """Make the folder or check that it holds this very run; drop a torn last line."""
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    about, path = folder / "config.toml", folder / "episodes.jsonl"
    if about.exists() and load_config(about) != config:
        raise BadInput(f"{folder}: holds a run with another configuration; choose another folder")
    write_whole(about, dump_config(config))
    if path.exists():
        data = path.read_bytes()
        whole = data.rfind(b"\n") + 1
        if whole != len(data):
            os.truncate(path, whole)
    return path


def read_episodes(path: Path) -> list[Episode]:
    """The episodes of a run. Raises BadInput naming the line that is not one."""
    episodes = []
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    for number, line in enumerate(lines, start=1):
        try:
            episodes.append(Episode.model_validate_json(line))
        except ValidationError as error:
            raise BadInput(f"{path}:{number}: {first_problem(error)}") from error
    return episodes


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all. Raises CannotWrite."""
    torn = path.with_name(path.name + ".part")
    with _writing(path):
        try:
            torn.write_text(text, encoding="utf-8")
            torn.replace(path)
        except BaseException:
            torn.unlink(missing_ok=True)
            raise


def _append(path: Path, text: str) -> None:
    """Add to a file, all or nothing, and have it on disk. Raises CannotWrite."""
    with _writing(path), path.open("ab", buffering=0) as file:
        size, left = file.tell(), memoryview(text.encode("ascii"))
        try:
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except BaseException as error:
            if left or isinstance(error, OSError):  # else it is there, and we were only interrupted
                file.truncate(size)
            raise


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(f"{path}: cannot be written: {error.strerror}") from error


def versions() -> dict[str, str]:
    """The versions that a verdict may depend on."""
    names = {name: version(name) for name in ("hackgym", "pytest")}
    return {**names, "python": platform.python_version()}


def _play(plans: Sequence[_Plan], arena: Arena) -> list[Episode]:
    """Play episodes of one environment side by side."""
    started = time.monotonic()
    attempts = [arena.attempt(plan.task, plan.seed) for plan in plans]
    while going := [each for each in zip(plans, attempts, strict=True) if not each[1].over]:
        arena.advance([attempt for _, attempt in going], [_reply(*each) for each in going])
    wall_s = round((time.monotonic() - started) / len(plans), 4)
    sandbox = arena.judge.sandbox
    return [_episode(*each, sandbox, wall_s) for each in zip(plans, attempts, strict=True)]


def _reply(plan: _Plan, attempt: Attempt) -> str:
    """What the policy does; once it has handed its files in, it changes nothing more."""
    if attempt.turns:
        return "submit"
    grader = get_grader(plan.environment.grader)
    return parse_policy(plan.policy).act(plan.task, grader, random.Random(plan.seed))


def _episode(plan: _Plan, attempt: Attempt, sandbox: Sandbox, wall_s: float) -> Episode:
    assert attempt.verdict is not None, "an episode is played to its end"
    return Episode(
        id=plan.id,
        environment=plan.environment.id,
        policy=plan.policy,
        task_id=plan.task.id,
        seed=plan.seed,
        turns=tuple(attempt.turns),
        files=dict(attempt.submission.files),
        deleted=tuple(sorted(attempt.submission.deleted)),
        left=attempt.submission.left,
        truncated=attempt.truncated,
        verdict=attempt.verdict,
        versions=versions(),
        sandbox=sandbox.name,
        isolation=sandbox.isolation,
        wall_s=wall_s,
    )
