"""Solutions as others publish them: which one can be a reference, and what it leaves out.

The judges of some sets import half of the standard library before a solution, and solutions rely on
it. Here a solution stands alone, so it gets the imports that it lacks.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import re
import sys
from collections.abc import Sequence
from typing import NamedTuple

from hackgym.errors import BadInput
from hackgym.importers.rows import parsed

TRIED = 32
"""How many of a row's solutions are looked at."""

_UNTIDY = re.compile(r"""\bend\s*=\s*['"] ['"]""")
"""How a program ends lines with a blank, which is not what is expected of it."""

MODULES = (
    *("bisect", "collections", "copy", "datetime", "fractions", "functools", "heapq", "itertools"),
    *("json", "math", "operator", "random", "re", "statistics", "string", "sys", "time", "typing"),
)
"""What judges import under its own name."""

OPENED = ("typing", "collections", "functools", "itertools", "heapq", "bisect", "math")
"""The names in these are imported too; where two have the same one, from the first."""


class Solution(NamedTuple):
    """A solution in Python 3."""

    code: str
    tree: ast.Module

    def defined(self, name: str) -> tuple[str, ast.stmt] | None:
        """The statement that defines a function, and the name of the class that it is in, if any.

        As judges do it, a class `Solution` is looked into before the module itself.
        """
        for node in self.tree.body:
            if isinstance(node, ast.ClassDef) and node.name == "Solution":
                found = _definition(node.body, name)
                return None if found is None else (node.name, found)
        found = _definition(self.tree.body, name)
        return None if found is None else ("", found)


def first_python(
    field: str, codes: Sequence[str], *, defines: str = "", completed: bool = False
) -> Solution:
    """The first solution that can run on Python 3 with nothing but its standard library.

    Those that seem to end lines with a blank come last.

    Args:
        field: where the solutions come from.
        codes: the solutions; of many, only the first TRIED are looked at.
        defines: a function that it has to define.
        completed: whether it gets the imports that a judge would have brought along.

    Raises:
        BadInput: there is none. Where there is a single one, the message says what is wrong.
    """
    if not any(each.strip() for each in codes):
        raise BadInput(f"{field}: there is no reference solution; the soundness check needs one")
    why = ""
    for code in sorted(codes[:TRIED], key=lambda code: bool(_UNTIDY.search(code))):
        try:
            return _usable(field, code.replace("\r\n", "\n"), defines, completed=completed)
        except BadInput as error:
            why = why or str(error)
    if len(codes) == 1:
        raise BadInput(why)
    raise BadInput(f"{field}: none of the first {len(codes[:TRIED])} can be used; the first: {why}")


def _usable(field: str, code: str, defines: str, *, completed: bool) -> Solution:
    tree = parsed(field, code)
    solution = Solution(code.rstrip() + "\n", tree)
    if defines and solution.defined(defines) is None:
        raise BadInput(f"{field}: it does not define the function {defines!r}")
    foreign = _imported(tree) - sys.stdlib_module_names
    if foreign:
        raise BadInput(f"{field}: it imports {min(foreign)}, which is not in the standard library")
    missing = _undefined(tree)
    imports = {name: _import_of(name) for name in missing} if completed else {}
    unknown = sorted(name for name in missing if not imports.get(name))
    if unknown:
        raise BadInput(f"{field}: it uses {unknown[0]!r}, which nothing defines")
    if not imports:
        return solution
    head = "".join(f"{line}\n" for line in sorted(filter(None, imports.values())))
    return Solution(f"{head}\n{solution.code}", tree)


def _definition(body: list[ast.stmt], name: str) -> ast.stmt | None:
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return node
        if isinstance(node, ast.Assign) and any(
            isinstance(each, ast.Name) and each.id == name for each in node.targets
        ):
            return node
    return None


def _imported(tree: ast.Module) -> set[str]:
    """The modules that are imported, without what is below them."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("" if node.level else (node.module or "").partition(".")[0])
    return names


def _undefined(tree: ast.Module) -> set[str]:
    """The names that are read, but bound nowhere."""
    read: set[str] = set()
    bound = {*dir(builtins), "__name__", "__file__", "__doc__"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (read if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.alias):
            if node.name == "*":
                return set()
            bound.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        else:
            name = getattr(node, "name", None) or getattr(node, "rest", None)
            bound |= {name} if isinstance(name, str) else set()
    return read - bound


def _import_of(name: str) -> str | None:
    """The line that imports a name as a judge would."""
    if name in MODULES:
        return f"import {name}"
    for module in OPENED:
        if not name.startswith("_") and hasattr(importlib.import_module(module), name):
            return f"from {module} import {name}"
    return None
