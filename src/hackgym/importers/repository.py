"""Code of several modules as a task's files.

Tests import from `solution` alone, so a `solution.py` hands on what they use of other modules. What
a learner is to write is taken out of the bodies of functions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from hackgym.admission import admission
from hackgym.errors import BadInput
from hackgym.importers.rows import parsed
from hackgym.importers.suites import Converted, defined_in
from hackgym.task import MAIN, Kind

_OURS = frozenset({"program"})
"""Modules that our tests of programs import."""


def modules(files: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The names that each module defines, by the module's dotted name. Raises BadInput."""
    found = {}
    for path, text in files.items():
        file = PurePosixPath(path)
        if file.suffix != ".py":
            continue
        if admission(path) or file.parts[0].removesuffix(".py") in _OURS:
            raise BadInput(f"{path}: graders or Python itself use this name; rename the file")
        parts = file.parent.parts if file.name == "__init__.py" else file.with_suffix("").parts
        if parts and all(part.isidentifier() for part in parts):
            found[".".join(parts)] = defined_in(parsed(path, text))
    return found


def facade(where: str, files: Mapping[str, str], tests: Converted) -> dict[str, str]:
    """A `solution.py` that hands on what tests use, or nothing where they use it already.

    Raises BadInput where there is a `solution.py` and the tests use other modules too.
    """
    others = [use for use in tests.uses if use.module != "solution"]
    if not others:
        return {}
    if MAIN in files:
        raise BadInput(
            f"{where}: tests use {others[0].module!r} beside `solution`; import it there"
        )
    lines = [f"from {use.module} import {use.name}\n" for use in tests.uses]
    about = '"""What the tests use."""\n\n'
    return {MAIN: about + "".join(lines)}


def kind_of(files: Mapping[str, str], tests: Converted) -> Kind:
    """What a task asks for: classes, if all that its tests use are classes, or else functions."""
    classes = {
        node.name
        for path, text in files.items()
        if path.endswith(".py")
        for node in ast.walk(parsed(path, text))
        if isinstance(node, ast.ClassDef)
    }
    return "class" if set(tests.names) <= classes else "function"


def emptied(files: Mapping[str, str]) -> dict[str, str]:
    """Files whose functions have lost their bodies; docstrings stay."""
    return {
        path: _without_bodies(path, text) if path.endswith(".py") else text
        for path, text in files.items()
    }


def _without_bodies(path: str, text: str) -> str:
    tree = parsed(path, text)
    _empty(tree.body)
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _empty(body: Iterable[ast.stmt]) -> None:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            says = ast.get_docstring(node, clean=False) is not None
            node.body = [*node.body[:says], ast.Pass()]
        elif isinstance(node, ast.ClassDef):
            _empty(node.body)
