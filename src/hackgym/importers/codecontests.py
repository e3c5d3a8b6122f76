"""CodeContests, one problem in each row of a JSONL file.

`public_tests` become visible, `private_tests` hidden, and `generated_tests` too where there are not
enough. Tests and solutions may be lists of objects, or objects of lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from hackgym.errors import BadInput
from hackgym.importers import Refusal
from hackgym.importers.pairs import contest_task, program_test, solved
from hackgym.importers.rows import Row, part, read_rows
from hackgym.importers.splits import Test, published
from hackgym.task import Task

PYTHON3 = (3, "PYTHON3")
"""How the set's own numbering calls the language, and by name."""

VISIBLE = ("public_tests",)
HIDDEN = ("private_tests", "generated_tests")

_Columns = dict[str, list[Any]]


class _Row(BaseModel):
    name: str
    description: str
    public_tests: _Columns | list[dict[str, Any]] = Field(default_factory=list)
    private_tests: _Columns | list[dict[str, Any]] = Field(default_factory=list)
    generated_tests: _Columns | list[dict[str, Any]] = Field(default_factory=list)
    solutions: _Columns | list[dict[str, Any]]
    time_limit: Any = None
    input_file: str | None = None
    output_file: str | None = None


class _Duration(BaseModel):
    seconds: int = 0
    nanos: int = 0


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read a file of CodeContests. Raises BadInput where it is malformed."""
    return read_rows(source, _task, ("name",))


def _task(data: Row) -> Task:
    row = _Row.model_validate(data)
    for field in ("input_file", "output_file"):
        if getattr(row, field):
            raise BadInput(f"{field}: the program is to use a file, not its standard streams")
    codes = [
        code
        for language, code in _pairs("solutions", row.solutions, ("language", "solution"))
        if language in PYTHON3 and isinstance(code, str)
    ]
    reference, _ = solved("solutions (of Python 3)", codes, None)
    task_id = f"codecontests/{row.name}"
    tests = published(
        task_id,
        {field: _tests(field, getattr(row, field)) for field in VISIBLE},
        {field: _tests(field, getattr(row, field)) for field in HIDDEN},
    )
    return contest_task(
        task_id=task_id,
        origin="CodeContests",
        question=row.description,
        reference=reference,
        tests=tests,
        case_s=_seconds(row.time_limit),
    )


def _tests(field: str, told: Any) -> list[Test]:
    pairs = _pairs(field, told, ("input", "output"))
    return [program_test(f"{field}: test {at}", *pair) for at, pair in enumerate(pairs, 1)]


def _pairs(field: str, told: Any, names: tuple[str, str]) -> list[tuple[Any, Any]]:
    """Pairs of values, from a list of objects or an object of lists."""
    if isinstance(told, list):
        for at, each in enumerate(told, 1):
            for name in names:
                if name not in each:
                    raise BadInput(f"{field}: number {at}: there is no {name!r}")
        return [(each[names[0]], each[names[1]]) for each in told]
    first, second = (told.get(name, []) for name in names)
    if len(first) != len(second):
        raise BadInput(f"{field}: {names[0]!r} and {names[1]!r} are not of the same length")
    return list(zip(first, second, strict=True))


def _seconds(limit: Any) -> float:
    """A time limit in seconds; 0 where there is none.

    It is an object, or what the set's own converter to JSON makes of it: `seconds: 2 nanos: 5`.
    """
    if isinstance(limit, str):
        limit = dict(re.findall(r"(seconds|nanos):\s*(\d{1,12})\b", limit))
    if limit is None:
        return 0.0
    told = part("time_limit", _Duration, limit)
    return max(0.0, told.seconds + told.nanos / 1e9)
