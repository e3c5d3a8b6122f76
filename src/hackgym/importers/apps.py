"""APPS, as its authors publish it: a folder for each problem, or a JSONL file with one in each row.

A folder has `question.txt`, `input_output.json`, `solutions.json`, and perhaps `starter_code.py`
and `metadata.json`; a row has the same as text. Where `input_output` names a function, the tests
call it; otherwise they run programs.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel, Field

from hackgym.errors import BadInput
from hackgym.importers import Refusal
from hackgym.importers.pairs import Target, contest_task, program_test, solved
from hackgym.importers.rows import Row, decoded, made, part, read_rows, text_of
from hackgym.importers.splits import Test, split
from hackgym.task import Task

IDS = ("problem_id", "id")


class _Row(BaseModel):
    problem_id: int | str = Field(validation_alias=AliasChoices(*IDS))
    question: str
    input_output: str | dict[str, Any]
    solutions: str | list[str]
    starter_code: str | None = None
    difficulty: str | None = None
    url: str | None = None


class _Tests(BaseModel):
    inputs: list[Any]
    outputs: list[Any]
    fn_name: str | None = None


class _Solutions(BaseModel):
    solutions: list[str]


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read APPS from a file of rows, from a folder of problems, or from one problem's folder.

    Raises BadInput where the file is malformed or the folder holds no problem.
    """
    if not source.is_dir():
        yield from read_rows(source, _task, IDS)
        return
    found = (each for depth in ("", "*/", "*/*/") for each in source.glob(f"{depth}question.txt"))
    folders = sorted(each.parent for each in found)
    if not folders:
        raise BadInput(
            f"{source}: there is no question.txt in it; give a folder of APPS, or a file"
        )
    for folder in folders:
        name = folder.relative_to(source).as_posix() if folder != source else folder.name
        yield made(str(folder), name, partial(_in_folder, source, folder, name))


def _in_folder(source: Path, folder: Path, name: str) -> Task:
    """The problem of a folder; the id is the folder's name below the source."""

    def content(file: str) -> str:
        return text_of(folder / file, source) if (folder / file).exists() else ""

    about = decoded("metadata.json", content("metadata.json") or "{}")
    row = {
        "question": content("question.txt"),
        "input_output": content("input_output.json"),
        "solutions": content("solutions.json"),
        "starter_code": content("starter_code.py"),
        "problem_id": name,
    }
    return _task({**(about if isinstance(about, dict) else {}), **row})


def _task(data: Row) -> Task:
    row = _Row.model_validate(data)
    told = _value("input_output", row.input_output)
    asked = part(
        "input_output", _Tests, told if told is not None else {"inputs": [], "outputs": []}
    )
    codes = part("solutions", _Solutions, {"solutions": _value("solutions", row.solutions) or []})
    if len(asked.inputs) != len(asked.outputs):
        counts = f"{len(asked.inputs)} inputs, but {len(asked.outputs)} outputs"
        raise BadInput(f"input_output: there are {counts}")
    reference, target = solved("solutions", codes.solutions, asked.fn_name)
    task_id = f"apps/{row.problem_id}"
    return contest_task(
        task_id=task_id,
        origin=f"APPS, {row.url}" if row.url else "APPS",
        question=row.question,
        reference=reference,
        tests=split(task_id, _tests(asked, target), bounded=True),
        target=target,
        starter=row.starter_code or "",
        difficulty=row.difficulty or "",
    )


def _value(field: str, content: Any) -> Any:
    """What a field says as JSON text; None where it is empty."""
    if not isinstance(content, str):
        return content
    return decoded(field, content) if content.strip() else None


def _tests(asked: _Tests, target: Target | None) -> list[Test]:
    pairs = list(zip(asked.inputs, asked.outputs, strict=True))
    if target is None:
        return [program_test(f"input_output: test {at}", *pair) for at, pair in enumerate(pairs, 1)]
    for at, (given, _) in enumerate(pairs, 1):
        if not isinstance(given, list):
            raise BadInput(f"input_output: test {at}: the input is not a list of arguments")
    # Most problems of this kind have each result in a list of its own, and some have not.
    wrapped = all(isinstance(each, list) and len(each) == 1 for each in asked.outputs)
    return [target.test(given, said[0] if wrapped else said) for given, said in pairs]
