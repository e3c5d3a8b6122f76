"""LiveCodeBench's problems of code generation, one in each row of a JSONL file.

The set has no solutions, so a row needs one in a field `solution` or `code`. Its private tests are
JSON text, or packed with pickle: those are never unpacked, because that would run what is in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import AliasChoices, BaseModel, Field

from hackgym.errors import BadInput
from hackgym.importers import Refusal
from hackgym.importers.pairs import Target, contest_task, program_test, solved
from hackgym.importers.rows import Row, decoded, part, read_rows
from hackgym.importers.splits import Split, Test, published, split
from hackgym.task import Task

PUBLIC, PRIVATE = "public_test_cases", "private_test_cases"
ENOUGH = 2
"""Public tests, where there is nothing else to keep hidden."""


class _Row(BaseModel):
    question_id: str | int
    question_content: str
    public_test_cases: str | list[Any]
    private_test_cases: str | list[Any] | None = None
    starter_code: str | None = None
    metadata: str | dict[str, Any] | None = None
    difficulty: str | None = None
    solution: str | None = Field(None, validation_alias=AliasChoices("solution", "code"))


class _Test(BaseModel):
    input: str
    output: str
    testtype: Literal["stdin", "functional"]


class _Tests(BaseModel):
    tests: list[_Test]


class _Metadata(BaseModel):
    func_name: str | None = None


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read a file of LiveCodeBench. Raises BadInput where it is malformed."""
    return read_rows(source, _task, ("question_id",))


def _task(data: Row) -> Task:
    row = _Row.model_validate(data)
    field = "solution" if "solution" in data else "code"
    packed = _is_packed(row.private_test_cases)
    public = _listed(PUBLIC, row.public_test_cases)
    private = [] if packed else _listed(PRIVATE, row.private_test_cases)
    if packed and len(public) < ENOUGH:
        why = (
            f"it is packed with pickle, which is never loaded, and {PUBLIC} are less than {ENOUGH}"
        )
        raise BadInput(f"{PRIVATE}: {why}")
    kinds = {each.testtype for each in (*public, *private)}
    if len(kinds) > 1:
        raise BadInput(f"{PUBLIC}: testtype: some are stdin, and some functional")
    function = _function(row.metadata) if kinds == {"functional"} else None
    reference, target = solved(field, [row.solution or ""], function)
    task_id = f"livecodebench/{row.question_id}"
    shown, kept = _cases(PUBLIC, public, target), _cases(PRIVATE, private, target)
    return contest_task(
        task_id=task_id,
        origin="LiveCodeBench" + (", without its private tests, which are pickled" * packed),
        question=row.question_content,
        reference=reference,
        tests=_shared_out(task_id, shown, kept),
        target=target,
        starter=row.starter_code or "",
        difficulty=row.difficulty or "",
    )


def _shared_out(task_id: str, shown: list[Test], kept: list[Test]) -> Split:
    if not kept:
        return split(task_id, shown, bounded=True)
    return published(task_id, {PUBLIC: shown}, {PRIVATE: kept})


def _is_packed(content: Any) -> bool:
    """Whether it is text, but not of JSON."""
    return isinstance(content, str) and content.strip()[:1] not in ("", "[", "{")


def _listed(field: str, content: Any) -> list[_Test]:
    told = decoded(field, content or "[]") if isinstance(content, str) else content or []
    return part(field, _Tests, {"tests": told}).tests


def _function(metadata: Any) -> str:
    told = decoded("metadata", metadata or "{}") if isinstance(metadata, str) else metadata or {}
    name = part("metadata", _Metadata, told).func_name
    if not name:
        raise BadInput("metadata.func_name: it is missing, and the tests are functional")
    return name


def _cases(field: str, tests: list[_Test], target: Target | None) -> list[Test]:
    made = []
    for at, each in enumerate(tests, 1):
        where = f"{field}: test {at}"
        if target is None:
            made.append(program_test(where, each.input, each.output))
            continue
        lines = [line for line in each.input.split("\n") if line.strip()]
        args = [decoded(f"{where}: input", line) for line in lines]
        made.append(target.test(args, decoded(f"{where}: output", each.output)))
    return made
