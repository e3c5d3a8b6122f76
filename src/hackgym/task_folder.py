"""A task as a folder that people write; docs/tasks.md describes it."""

from __future__ import annotations

import ast
import json
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from hackgym.errors import BadInput
from hackgym.sandbox import Limits
from hackgym.task import (
    MAIN,
    Case,
    Frozen,
    Kind,
    Split,
    Structure,
    Task,
    first_problem,
    make_task,
    read_cases,
)

WRONG = "wrong_"
"""How the names of wrong solutions begin."""


class _Metadata(BaseModel):
    difficulty: str = ""
    family: str = ""
    split: Split = ""
    structure: Structure | None = None


class _Verifier(BaseModel):
    timeout_sec: float = Field(default=Limits.wall_s, gt=0, le=600)


class _Environment(BaseModel):
    memory_mb: int = Field(default=Limits.memory_mb, ge=64)  # Python itself needs as much


class _Ours(Frozen):
    kind: Kind = "function"
    entry_points: tuple[str, ...] = ()
    steps: int = Field(default=1, ge=1)
    pass_mark: float = Field(default=1.0, gt=0, le=1)
    impossible: bool = False
    wrong: dict[str, Literal["overfit", "fail"]] = Field(default_factory=dict)


class _About(BaseModel):
    """`task.toml`: our own table is strict, the others may hold more than we look at."""

    metadata: _Metadata = Field(default_factory=_Metadata)
    verifier: _Verifier = Field(default_factory=_Verifier)
    environment: _Environment = Field(default_factory=_Environment)
    hackgym: _Ours


def load_task(folder: Path) -> Task:
    """Load a task from its folder.

    The folder has `task.toml`, `instruction.md`, `solution/`, `tests/` (`visible.json`,
    `hidden.json`, `generator.py`, `verify.py`) and `workspace/`; see docs/tasks.md.

    Raises BadInput naming the file, the field and the remedy.
    """
    where = folder / "task.toml"
    about = _about(where)
    ours, solution, tests = about.hackgym, folder / "solution", folder / "tests"
    reference = {k: v for k, v in _files(solution).items() if not k.startswith(WRONG)}
    if not reference:
        raise BadInput(f"{solution}: there is no reference solution; write {MAIN} there")
    wrong = {name: _wrong_files(solution / name) for name in ours.wrong}
    for path in sorted(solution.glob(f"{WRONG}*")):
        if path.name not in wrong:
            raise BadInput(f"{where}: hackgym.wrong: say what becomes of {path.name!r}")
    fields = {
        **ours.model_dump(),
        "id": folder.name,
        "instruction": _text(folder / "instruction.md"),
        "visible": read_cases(_json(tests / "visible.json"), str(tests / "visible.json")),
        "hidden": _optional_cases(tests / "hidden.json"),
        "reference": reference,
        "wrong": {n: {"files": wrong[n], "outcome": ours.wrong[n]} for n in wrong},
        "generator": _optional_program(tests / "generator.py", "generate(rng)"),
        "verifier": _optional_program(tests / "verify.py", "verify(files)"),
        "workspace": _files(folder / "workspace"),
        "limits": Limits(about.verifier.timeout_sec, about.environment.memory_mb),
        **{name: getattr(about.metadata, name) for name in _Metadata.model_fields},
    }
    if not fields["visible"]:
        raise BadInput(f"{tests / 'visible.json'}: there is no case in it; give at least one")
    return make_task(fields, str(where))


def summary(folder: Path) -> dict[str, Any]:
    """What a list shows of a task, read from its folder. Raises BadInput."""
    about, tests = _about(folder / "task.toml"), folder / "tests"
    hidden = tests / "hidden.json"
    return {
        "id": folder.name,
        "kind": about.hackgym.kind,
        "difficulty": about.metadata.difficulty,
        "family": about.metadata.family,
        "split": about.metadata.split,
        "steps": about.hackgym.steps,
        "visible": _length(tests / "visible.json"),
        "hidden": _length(hidden) if hidden.exists() else 0,
    }


def _length(path: Path) -> int:
    cases = _json(path)
    return len(cases) if isinstance(cases, list) else 0


def _about(path: Path) -> _About:
    try:
        return _About.model_validate(tomllib.loads(_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path}: not TOML: {error}") from error
    except ValidationError as error:
        raise BadInput(f"{path}: {first_problem(error)}") from error


def _wrong_files(path: Path) -> dict[str, str]:
    return _files(path) if path.is_dir() else {MAIN: _text(path)}


def _optional_cases(path: Path) -> tuple[Case, ...]:
    return read_cases(_json(path), str(path)) if path.exists() else ()


def _optional_program(path: Path, head: str) -> str | None:
    """The text of a Python file that defines a function, if there is such a file."""
    if not path.exists():
        return None
    text = _text(path)
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise BadInput(f"{path}: not Python: {error}") from error
    name = head.partition("(")[0]
    if name not in {getattr(node, "name", "") for node in body}:
        raise BadInput(f"{path}: there is no `{name}`; define {head} there")
    return text


def _files(folder: Path) -> dict[str, str]:
    """The text files of a folder by relative path; none where there is no folder."""
    return {
        path.relative_to(folder).as_posix(): _text(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise BadInput(f"{path}: the file is missing") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: the file is not UTF-8 text") from error


def _json(path: Path) -> Any:
    try:
        return json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path}: not JSON: {error}") from error
