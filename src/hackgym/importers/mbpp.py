"""MBPP, as its authors publish it: `mbpp.jsonl`.

A row has a sentence, a solution, and a list of asserts, which are run in the solution's own module.
What the solution imports and a test uses, the test imports for itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from hackgym.errors import BadInput
from hackgym.importers import Refusal
from hackgym.importers.asserts import cases_of, defined_by
from hackgym.importers.rows import Row, parsed, read_rows
from hackgym.importers.splits import split
from hackgym.task import MAIN, Task


class _Row(BaseModel):
    task_id: int
    text: str
    code: str
    test_list: list[str]
    test_setup_code: str = ""


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read an MBPP file. Raises BadInput where it is malformed."""
    return read_rows(source, _task)


def _task(data: Row) -> Task:
    row = _Row.model_validate(data)
    task_id, code = f"mbpp/{row.task_id}", row.code.replace("\r\n", "\n")
    tree = parsed("code", code)
    setup = parsed("test_setup_code", row.test_setup_code.replace("\r\n", "\n")).body
    asserts = parsed("test_list", "\n".join(map(str.strip, row.test_list))).body
    entries = _tested(tree, [*setup, *asserts])
    if not entries:
        raise BadInput("test_list: no test uses a function that `code` defines")
    imports = defined_by(tree, (ast.Import, ast.ImportFrom))
    tests = cases_of([*setup, *asserts], frozenset(entries), imports)
    visible, hidden, record = split(task_id, tests)
    wanted = " and ".join(_described(node) for node in entries.values())
    return Task(
        id=task_id,
        instruction=f"{row.text.strip()}\n\nWrite `solution.py` with {wanted}.\n",
        entry_points=tuple(entries),
        visible=visible,
        hidden=hidden,
        reference={MAIN: code.rstrip() + "\n"},
        source=f"MBPP; {record}",
    )


def _tested(tree: ast.Module, tests: list[ast.stmt]) -> dict[str, ast.stmt]:
    """The functions and classes of a solution that its tests use."""
    used = {node.id for test in tests for node in ast.walk(test) if isinstance(node, ast.Name)}
    defined = defined_by(tree, (ast.FunctionDef, ast.ClassDef))
    return {name: node for name, node in defined.items() if name in used}


def _described(node: ast.stmt) -> str:
    """What to write, with the names of its arguments."""
    if isinstance(node, ast.FunctionDef):
        return f"the function `{node.name}({ast.unparse(node.args)})`"
    assert isinstance(node, ast.ClassDef)
    makers = (each for each in node.body if isinstance(each, ast.FunctionDef))
    maker = next((each for each in makers if each.name == "__init__"), None)
    arguments = "" if maker is None else ast.unparse(maker.args).partition(", ")[2]
    return f"the class `{node.name}({arguments})`"
