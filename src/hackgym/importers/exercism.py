"""Practice exercises of Exercism's Python track.

The source is an exercise's folder, a folder of them, or the track's checkout. An exercise has
`.meta/config.json`, whose `files` names its stub, its tests and its example solution, and
`.docs/instructions.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ValidationError

from hackgym.errors import BadInput
from hackgym.importers import Refusal
from hackgym.importers.folders import folders_of, text_of
from hackgym.importers.repository import kind_of
from hackgym.importers.rows import made, parsed
from hackgym.importers.splits import split
from hackgym.importers.suites import convert, defined_in
from hackgym.task import MAIN, Task, first_problem

CONFIG = ".meta/config.json"
DOCS = ("introduction.md", "instructions.md", "instructions.append.md")


class _Files(BaseModel):
    solution: list[str]
    test: list[str]
    example: list[str]


class _Config(BaseModel):
    files: _Files


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read exercises. Raises BadInput where there is none in the source."""
    folders = folders_of(source, CONFIG, below="exercises/practice")
    return (made(str(folder), folder.name, partial(_task, folder)) for folder in folders)


def _task(folder: Path) -> Task:
    files = _files(folder)
    stub, test, example = (
        _only(field, getattr(files, field)) for field in ("solution", "test", "example")
    )
    module = PurePosixPath(stub).stem
    text = _text(folder, "example", example)
    provided = {module: defined_in(parsed(example, text))}
    tests = convert(test, parsed(test, _text(folder, "test", test)), provided)
    visible, hidden, record = split(folder.name, tests.tests)
    reference = {MAIN: text}
    return Task(
        id=folder.name,
        instruction=_instruction(folder),
        kind=kind_of(reference, tests),
        entry_points=tests.names,
        visible=visible,
        hidden=hidden,
        reference=reference,
        workspace={MAIN: _text(folder, "solution", stub)},
        source=f"an exercise of Exercism; {record}",
    )


def _files(folder: Path) -> _Files:
    try:
        return _Config.model_validate(json.loads(text_of(folder / CONFIG, folder))).files
    except ValidationError as error:
        raise BadInput(f"{CONFIG}: {first_problem(error)}") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{CONFIG}: not JSON: {getattr(error, 'msg', error)}") from error


def _only(field: str, paths: list[str]) -> str:
    """The one Python file that a field names. Exercises of several files are refused."""
    named = [path for path in paths if path.endswith(".py")]
    if len(named) != 1:
        raise BadInput(f"{CONFIG}: files.{field}: one Python file is supported, not {len(named)}")
    return named[0]


def _text(folder: Path, field: str, name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise BadInput(f"{CONFIG}: files.{field}: {name!r} leaves the folder; name a file in it")
    return text_of(folder / name, folder)


def _instruction(folder: Path) -> str:
    docs = folder / ".docs"
    texts = [text_of(docs / name, folder).strip() for name in DOCS if (docs / name).is_file()]
    if not texts:
        raise BadInput(f".docs: there is no {DOCS[1]} in it; write one")
    return "\n\n".join([*texts, f"Write `{MAIN}`, beginning with what lies in your folder."]) + "\n"
