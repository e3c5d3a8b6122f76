"""Classes with their unittest classes, in rows as ClassEval has them: a JSON list, or JSONL.

A row has a skeleton of the class, the imports and the code that solve it, and the text of the
tests, which is run after the code in one module.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from hackgym.errors import BadInput
from hackgym.importers import Refusal
from hackgym.importers.asserts import defined_by
from hackgym.importers.repository import kind_of
from hackgym.importers.rows import Row, made, parsed, read_rows
from hackgym.importers.splits import split
from hackgym.importers.suites import convert, defined_in
from hackgym.task import MAIN, Task

MAX_LIST_MB = 64

INSTRUCTION = """Write `solution.py` with the whole of this, what it needs included:

```python
{skeleton}
```
"""


class _Row(BaseModel):
    task_id: str
    skeleton: str
    test: str
    solution_code: str
    class_name: str = ""
    import_statement: list[str] | str = ""


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read a JSON list, or a JSONL file, of such rows. Raises BadInput where it is malformed."""
    if not _is_list(source):
        return read_rows(source, _task)
    return (
        made(
            f"{source}: row {number}", str(row.get("task_id", f"row {number}")), partial(_task, row)
        )
        for number, row in enumerate(_listed(source), start=1)
    )


def _is_list(source: Path) -> bool:
    """Whether a file begins as a list does, and not as a row."""
    try:
        with source.open("rb") as file:
            return file.read(4096).lstrip().startswith(b"[")
    except OSError:
        return False  # who reads its lines says why


def _listed(source: Path) -> list[Row]:
    if source.stat().st_size > MAX_LIST_MB * 2**20:
        raise BadInput(f"{source}: the list is larger than {MAX_LIST_MB} MiB; give it as JSONL")
    try:
        rows = json.loads(source.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{source}: not JSON: {getattr(error, 'msg', error)}") from error
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise BadInput(f"{source}: row {number} is no JSON object")
    return list(rows)


def _task(data: Row) -> Task:
    row = _Row.model_validate(data)
    imports = row.import_statement
    head = imports if isinstance(imports, str) else "\n".join(imports)
    text = f"{head}\n{row.solution_code}".replace("\r\n", "\n").strip() + "\n"
    code = parsed("solution_code", text)
    provided = {"solution": defined_in(code) - set(_imports(code))}
    if row.class_name and row.class_name not in provided["solution"]:
        raise BadInput(f"class_name: `solution_code` does not define {row.class_name!r}")
    tests = convert(
        "test", parsed("test", row.test), provided, open_to="solution", given=_imports(code)
    )
    visible, hidden, record = split(row.task_id, tests.tests)
    files = {MAIN: text}
    return Task(
        id=row.task_id,
        instruction=INSTRUCTION.format(skeleton=row.skeleton.replace("\r\n", "\n").strip()),
        kind=kind_of(files, tests),
        entry_points=tests.names,
        visible=visible,
        hidden=hidden,
        reference=files,
        source=f"rows with unittest classes; {record}",
    )


def _imports(code: ast.Module) -> dict[str, ast.stmt]:
    return defined_by(code, (ast.Import, ast.ImportFrom))
