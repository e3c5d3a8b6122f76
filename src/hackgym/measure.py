"""Runs: many episodes of policies on environments, on disk.

A run's folder holds `config.toml`, which repeats it, and `episodes.jsonl`, one line per episode.
A run that was cut off goes on where it stopped: whole lines are kept, a torn last line is dropped.
"""

from __future__ import annotations

import json
import os
import platform
import random
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from hackgym import prompts
from hackgym.environments import Environment, get_environment
from hackgym.errors import BadInput, BadSubmission
from hackgym.grader import get_grader
from hackgym.judge import Judge, refused
from hackgym.policies import parse_policy
from hackgym.records import Episode, Turn, Verdict, to_line
from hackgym.submission import Submission, parse_reply
from hackgym.task import Frozen, Task, TaskSet, first_problem

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
    config: Config, judge: Judge, folder: Path, progress: Callable[[Episode], None] | None = None
) -> list[Episode]:
    """Play a run's episodes, or those that are missing, and return all of them.

    Args:
        config: what to play.
        judge: who judges; its sandbox is the caller's.
        folder: the run's folder, made if need be.
        progress: called for each episode, those found on disk included.

    Raises:
        BadInput: the folder holds another run, or a name in the configuration is unknown.
    """
    plans = list(_plans(config))
    path = _open_folder(config, folder)
    done = {episode.id: episode for episode in read_episodes(path)}
    for episode in done.values():
        _tell(progress, episode)
    missing = [each for each in plans if each.id not in done]
    with path.open("a", encoding="ascii") as lines:
        for at in range(0, len(missing), BATCH):
            for episode in _play(missing[at : at + BATCH], judge):
                lines.write(to_line(episode) + "\n")
                done[episode.id] = episode
                _tell(progress, episode)
            lines.flush()
            os.fsync(lines.fileno())
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
        tasks = _tasks(environment, config.tasks)
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


def _tasks(environment: Environment, path: str | None) -> list[Task]:
    tasks = environment.tasks() if path is None else TaskSet(Path(path))
    fitting = [task for task in tasks.values() if environment.fits(task)]
    if not fitting:
        raise BadInput(f"{environment.id}: none of the tasks fits its grader")
    return fitting


def _open_folder(config: Config, folder: Path) -> Path:
    """Make the folder or check that it holds this very run; drop a torn last line."""
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
    """Write a file so that it is there whole or not at all."""
    torn = path.with_name(path.name + ".part")
    torn.write_text(text, encoding="utf-8")
    torn.replace(path)


def versions() -> dict[str, str]:
    """The versions that a verdict may depend on."""
    names = {name: version(name) for name in ("hackgym", "pytest")}
    return {**names, "python": platform.python_version()}


def _play(plans: Sequence[_Plan], judge: Judge) -> list[Episode]:
    """Play episodes side by side and judge them in one batch."""
    started = time.monotonic()
    replies = [_reply(each) for each in plans]
    handed_in = [_submission(each, reply) for each, reply in zip(plans, replies, strict=True)]
    entries = {
        each.id: each.environment.entry(each.task, submission, each.seed)
        for each, submission in zip(plans, handed_in, strict=True)
        if isinstance(submission, Submission)
    }
    verdicts = dict(zip(entries, judge.judge_many(list(entries.values())), strict=True))
    wall_s = round((time.monotonic() - started) / len(plans), 4)
    return [
        _episode(plan, reply, submission, verdicts.get(plan.id), judge, wall_s)
        for plan, reply, submission in zip(plans, replies, handed_in, strict=True)
    ]


def _reply(plan: _Plan) -> str:
    grader = get_grader(plan.environment.grader)
    return parse_policy(plan.policy).act(plan.task, grader, random.Random(plan.seed))


def _submission(plan: _Plan, reply: str) -> Submission | str:
    """What was handed in, or why it cannot be used."""
    try:
        return parse_reply(reply).over(plan.task.workspace)
    except BadSubmission as error:
        return str(error)


def _episode(
    plan: _Plan,
    reply: str,
    submission: Submission | str,
    verdict: Verdict | None,
    judge: Judge,
    wall_s: float,
) -> Episode:
    if verdict is None:
        verdict = refused(plan.task, get_grader(plan.environment.grader), str(submission))
    observation = prompts.observation(plan.task)
    files: dict[str, Any] = dict(submission.files) if isinstance(submission, Submission) else {}
    return Episode(
        id=plan.id,
        environment=plan.environment.id,
        policy=plan.policy,
        task_id=plan.task.id,
        seed=plan.seed,
        turns=(Turn(action=reply, observation=observation, reward=verdict.reward or 0.0),),
        files=files,
        verdict=verdict,
        versions=versions(),
        sandbox=judge.sandbox.name,
        wall_s=wall_s,
    )
