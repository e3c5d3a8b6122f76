"""QuixBugs, from a checkout of its repository: small programs with a bug on one line, to repair.

The tests are lines of `json_testcases/NAME.json`, each `[arguments, expected]`. Programs on graphs
have tests in code instead, and are left out.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from hackgym.errors import BadInput
from hackgym.importers import Refusal
from hackgym.importers.asserted import described
from hackgym.importers.asserts import cases_of, defined_by
from hackgym.importers.rows import decoded, made, parsed, text_of
from hackgym.importers.splits import Test, split
from hackgym.task import MAIN, Call, Task
from hackgym.values import literal

BUGGY, RIGHT, TESTS = "python_programs", "correct_python_programs", "json_testcases"

INSTRUCTION = """The {wanted} in `solution.py` has a bug on one line. Repair it.

{about}
"""

SLOW = {"knapsack": 10, "levenshtein": 4}
"""Tests, from 1, that take minutes; the set's own runner leaves them out too."""


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read a checkout of QuixBugs. Raises BadInput where it is none."""
    for folder in (BUGGY, RIGHT, TESTS):
        if not (source / folder).is_dir():
            raise BadInput(f"{source}: there is no folder {folder}; give a checkout of QuixBugs")
    for path in sorted((source / RIGHT).glob("*.py")):
        name = path.stem
        if not name.startswith("_") and not name.endswith("_test") and name != "node":
            yield made(str(source), name, partial(_task, source, name))


def _task(source: Path, name: str) -> Task:
    if not (source / TESTS / f"{name}.json").exists():
        raise BadInput(f"{TESTS}/{name}.json: there is none; programs on graphs are left out")
    (buggy, found), (right, entry) = (_program(source, folder, name) for folder in (BUGGY, RIGHT))
    tests = _tests(source, entry)
    task_id = f"quixbugs/{name}"
    visible, hidden, record = split(task_id, tests, bounded=True)
    return Task(
        id=task_id,
        instruction=INSTRUCTION.format(wanted=described(found), about=_about(buggy)),
        entry_points=(name,),
        visible=visible,
        hidden=hidden,
        reference={MAIN: right},
        workspace={MAIN: buggy},
        source=f"QuixBugs; {record}" + (f"; without the slow {SLOW[name]}" if name in SLOW else ""),
    )


def _program(source: Path, folder: str, name: str) -> tuple[str, ast.FunctionDef]:
    """A program's text and the function in it."""
    code = text_of(source / folder / f"{name}.py", source)
    found = defined_by(parsed(f"{folder}/{name}.py", code), (ast.FunctionDef,)).get(name)
    if not isinstance(found, ast.FunctionDef):
        raise BadInput(f"{folder}/{name}.py: it does not define the function {name!r}")
    return code, found


def _about(code: str) -> str:
    """The text that stands below a program and says what it does."""
    texts = [
        node.value.value
        for node in ast.parse(code).body
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]
    return texts[-1].strip() if texts else ""


def _tests(source: Path, entry: ast.FunctionDef) -> list[Test]:
    file, name = f"{TESTS}/{entry.name}.json", entry.name
    lines = text_of(source / file, source).split("\n")
    told = [
        _pair(f"{file}:{at}", line)
        for at, line in enumerate(lines, 1)
        if line.strip() and at != SLOW.get(name)
    ]
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(entry)):
        asked = ((f"{name}({', '.join(map(literal, args))})", said) for args, said in told)
        asserts = [f"assert list({call}) == {literal(said)}\n" for call, said in asked]
        return cases_of(ast.parse("".join(asserts)).body, frozenset({name}), {})
    return [(json.dumps(pair), _call(name, *pair)) for pair in told]


def _pair(where: str, line: str) -> tuple[list[Any], Any]:
    match decoded(where, line):
        case [list(args), expected]:
            return args, expected
        case [arg, expected]:
            return [arg], expected
    raise BadInput(f"{where}: a test is a list of the arguments and what is expected")


def _call(name: str, args: list[Any], expected: Any) -> Call:
    case: dict[str, Any] = {"expected": expected}
    if name == "hanoi" and isinstance(expected, list):
        # Steps are tuples, which JSON lacks.
        case["expected"] = [tuple(each) if isinstance(each, list) else each for each in expected]
    if name == "sqrt" and args and isinstance(args[-1], float | int) and args[-1] > 0:
        case["tolerance"] = float(args[-1])  # the last argument says how near is near enough
    return Call(function=name, args=tuple(args), **case)
