"""A solution and a list of asserts as a task, as MBPP and others publish them.

There, asserts are run in the solution's own module, after set-up code. Here a test brings along
what it needs of the set-up, and imports for itself what the solution imports and it uses.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator

from hackgym.errors import BadInput
from hackgym.importers.asserts import cases_of, defined_by, needed
from hackgym.importers.solutions import MODULES
from hackgym.importers.splits import split
from hackgym.task import MAIN, Task

_IMPORTS = (ast.Import, ast.ImportFrom)
_DEFINITIONS = (ast.FunctionDef, ast.ClassDef)


def asserted(
    *,
    task_id: str,
    origin: str,
    text: str,
    code: str,
    trees: tuple[ast.Module, ast.Module, ast.Module],
    fields: tuple[str, str],
    entry: str = "",
    notes: str = "",
    bounded: bool = False,
) -> Task:
    """Make a task of a solution and asserts.

    Args:
        task_id: the task's id.
        origin: the set that it comes from.
        text: what is to be solved.
        code: the solution. Of the set-up, it gets what it uses but does not define.
        trees: the solution, the set-up and the asserts.
        fields: how the source calls the solution and the asserts.
        entry: a function or class that is to be written even if no test names it.
        notes: what follows on the text.
        bounded: whether only so many tests are kept as `splits` says.

    Raises:
        BadInput: the tests use nothing that the solution defines.
    """
    tree, setup, asserts = trees
    written = defined_by(tree, _DEFINITIONS)
    if entry and entry not in written:
        raise BadInput(f"entry_point: `{fields[0]}` does not define {entry!r}")
    setup = ast.Module([*_one_by_one(setup.body)], type_ignores=[])
    brought = {
        name: node
        for name, node in defined_by(setup, (*_IMPORTS, *_DEFINITIONS)).items()
        if name not in written
    }
    # Objects reach a solution only where their class is the solution's own.
    classes = {name: node for name, node in brought.items() if isinstance(node, ast.ClassDef)}
    helpers = {name: node for name, node in brought.items() if name not in classes}
    first = [each for each in setup.body if not isinstance(each, (*_IMPORTS, *_DEFINITIONS))]
    body = [*first, *asserts.body]
    used = _names([*body, *needed(body, helpers)]) | {entry}
    if not used & set(written):
        raise BadInput(f"{fields[1]}: no test uses a function that `{fields[0]}` defines")
    entries = {name: node for name, node in {**classes, **written}.items() if name in used}
    definitions = {**defined_by(tree, _IMPORTS), **helpers}
    tests = cases_of(body, frozenset(entries), definitions)
    visible, hidden, record = split(task_id, tests, bounded=bounded)
    wanted = " and ".join(f"the {described(node)}" for node in entries.values())
    head = needed([*tree.body, *entries.values()], brought)
    head += [each for each in entries.values() if each in classes.values() and each not in head]
    only_classes = all(isinstance(each, ast.ClassDef) for each in entries.values())
    whole = [*(f"{ast.unparse(each)}\n" for each in head), code.rstrip() + "\n"]
    return Task(
        id=task_id,
        instruction=f"{text.strip()}\n\nWrite `solution.py` with {wanted}.\n{notes}",
        kind="class" if only_classes else "function",
        entry_points=tuple(entries),
        visible=visible,
        hidden=hidden,
        reference={MAIN: "\n".join(whole)},
        source=f"{origin}; {record}",
    )


def _names(body: list[ast.stmt]) -> set[str]:
    return {node.id for each in body for node in ast.walk(each) if isinstance(node, ast.Name)}


def described(node: ast.stmt) -> str:
    """What to write, with the names of its arguments."""
    if isinstance(node, ast.FunctionDef):
        return f"function `{node.name}({ast.unparse(node.args)})`"
    assert isinstance(node, ast.ClassDef)
    makers = (each for each in node.body if isinstance(each, ast.FunctionDef))
    maker = next((each for each in makers if each.name == "__init__"), None)
    arguments = "" if maker is None else ast.unparse(maker.args).partition(", ")[2]
    return f"class `{node.name}({arguments})`"


def _one_by_one(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements with each name of `from typing import *` and the like imported by itself."""
    for node in body:
        if (
            isinstance(node, ast.ImportFrom)
            and node.module in MODULES
            and node.names[0].name == "*"
        ):
            names = dir(importlib.import_module(node.module))
            public = (name for name in names if not name.startswith("_"))
            yield from (ast.ImportFrom(node.module, [ast.alias(name)], 0) for name in public)
        else:
            yield node
