"""HumanEvalPack's rows of Python, as its authors publish them: `humanevalpack.jsonl`.

A row is one of HumanEval with a bug in it. So it becomes a task of repair: the learner finds the
buggy function in `solution.py`. A row without a `buggy_solution` asks for the whole function.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, Field

from hackgym.importers import Refusal
from hackgym.importers.asserts import cases_of, defined_by
from hackgym.importers.humaneval import check_of
from hackgym.importers.rows import Row, parsed, read_rows
from hackgym.importers.splits import split
from hackgym.task import MAIN, Task

REPAIR = """The function `{entry}` in `solution.py` has a bug. Repair it; this is what it is for:

{docstring}
"""

WRITE = """Write `solution.py` with the function `{entry}`, what it needs included:

```python
{prompt}
```
"""


class _Row(BaseModel):
    task_id: str
    prompt: str
    declaration: str
    canonical_solution: str
    test: str
    entry_point: str
    buggy_solution: str | None = None
    bug_type: str | None = None
    docstring: str | None = None
    imports: str | None = Field(None, validation_alias="import")
    test_setup: str | None = None


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read a file of HumanEvalPack. Raises BadInput where it is malformed."""
    return read_rows(source, _task)


def _task(data: Row) -> Task:
    row = _Row.model_validate(data)
    entry = row.entry_point
    reference = _whole(row, row.canonical_solution)
    kinds = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    helpers = {
        **defined_by(parsed("canonical_solution", reference), kinds),
        **defined_by(parsed("test_setup", _plain(row.test_setup)), kinds),
    }
    helpers.pop(entry, None)
    tests = cases_of(check_of(row.test, entry).body, frozenset({entry}), helpers)
    visible, hidden, record = split(row.task_id, tests, bounded=True)
    buggy = _whole(row, row.buggy_solution) if (row.buggy_solution or "").strip() else None
    docstring = _plain(row.docstring).strip() or _plain(row.prompt).strip()
    bug = f" ({row.bug_type})" if buggy and row.bug_type else ""
    if buggy:
        instruction = REPAIR.format(entry=entry, docstring=docstring)
    else:
        instruction = WRITE.format(entry=entry, prompt=_plain(row.prompt).strip())
    return Task(
        id=f"humanevalpack/{row.task_id}",
        instruction=instruction,
        entry_points=(entry,),
        visible=visible,
        hidden=hidden,
        reference={MAIN: reference},
        workspace={MAIN: buggy} if buggy else {},
        source=f"HumanEvalPack{bug}; {record}",
    )


def _whole(row: _Row, body: str | None) -> str:
    head = _plain(row.imports).strip()
    return (f"{head}\n\n" if head else "") + _plain(row.declaration + (body or ""))


def _plain(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n")
