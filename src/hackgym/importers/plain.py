"""The plain task format: one JSON object a line, each a function with its calls.

`{"task_id", "prompt", "entry_point", "solution", "tests": [{"args", "kwargs"?, "expected"}],
"hidden_tests"?}`. What JSON lacks is tagged, see `hackgym.values`. In place of `expected`, a test
may have `raises` or `args_after`, and beside it a `tolerance`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hackgym.importers import Refusal
from hackgym.importers.rows import Row, read_rows
from hackgym.importers.splits import split
from hackgym.task import MAIN, Case, Frozen, Task, read_cases


class _Row(Frozen):
    task_id: str
    prompt: str
    entry_point: str
    solution: str
    tests: list[dict[str, Any]]
    hidden_tests: list[dict[str, Any]] | None = None


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read a file in the plain format. Raises BadInput where it is malformed."""
    return read_rows(source, _task)


def _task(data: Row) -> Task:
    row = _Row.model_validate(data)
    visible, hidden = _calls(row, "tests"), _calls(row, "hidden_tests")
    record = "tests split by the source"
    if row.hidden_tests is None:
        texts = [json.dumps(test, sort_keys=True) for test in row.tests]
        visible, hidden, record = split(row.task_id, list(zip(texts, visible, strict=True)))
    return Task(
        id=row.task_id,
        instruction=row.prompt,
        entry_points=(row.entry_point,),
        visible=visible,
        hidden=hidden,
        reference={MAIN: row.solution},
        source=f"plain rows; {record}",
    )


def _calls(row: _Row, field: str) -> tuple[Case, ...]:
    tests = getattr(row, field) or []
    calls = [{"kind": "call", "function": row.entry_point, **test} for test in tests]
    return read_cases(calls, field)
