"""Asserts as cases.

An assert that compares the result of one call with plain values becomes a `call`. Every other one
stays what it is, in a `suite` of one test function that brings its own set-up along: what stands
before it, and the helpers and imports it needs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import Any

from hackgym.errors import BadInput
from hackgym.importers.splits import Test
from hackgym.task import Call, Suite
from hackgym.values import literal

_SETUP = (ast.Import, ast.ImportFrom, ast.Assign)


def cases_of(
    statements: Iterable[ast.stmt],
    functions: frozenset[str],
    definitions: Mapping[str, ast.stmt],
) -> list[Test]:
    """Turn the statements of a test into cases.

    Args:
        statements: asserts, loops around asserts, and what sets them up.
        functions: names of the submission that a `call` can be made to.
        definitions: statements that define names which the tests use but do not define.

    Returns:
        One case for each assert or loop; a single one where they cannot be told apart.
    """
    body = [each for each in statements if not _idle(each)]
    if not _separable(body):
        return [_suite(body, 0, definitions)]
    tests: list[Test] = []
    setup: list[ast.stmt] = []
    for statement in body:
        if isinstance(statement, _SETUP):
            setup.append(statement)
            continue
        call = _call(statement, functions)
        if call is not None:
            tests.append((ast.unparse(statement), call))
            continue
        before = setup if _loaded([statement]) & _bound(setup) else []
        tests.append(_suite([*before, statement], len(tests), definitions))
    return tests


def defined_by(tree: ast.Module, kinds: tuple[type[ast.stmt], ...]) -> dict[str, ast.stmt]:
    """The names that statements of some kinds define at the top of a module."""
    return {name: node for node in tree.body if isinstance(node, kinds) for name in _bound([node])}


def _idle(statement: ast.stmt) -> bool:
    """Whether a statement does nothing: `pass`, a bare name or text, an assert of a constant."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant | ast.Name)
    if isinstance(statement, ast.Assert) and isinstance(statement.test, ast.Constant):
        return bool(statement.test.value)
    return isinstance(statement, ast.Pass)


def _separable(body: list[ast.stmt]) -> bool:
    """Whether each assert and each loop can be run without the asserts and loops before it."""
    assigned: set[str] = set()
    touched: set[str] = set()
    for statement in body:
        if _loaded([statement]) & touched:
            return False
        if isinstance(statement, ast.Assign):
            assigned |= _bound([statement])
        elif isinstance(statement, ast.Assert | ast.For):
            touched |= _loaded([statement]) & assigned | _bound([statement])
        elif not isinstance(statement, _SETUP):
            return False
    return True


def _call(statement: ast.stmt, functions: frozenset[str]) -> Call | None:
    """The call that `assert function(plain values) == plain value` makes; None for all else."""
    match statement:
        case ast.Assert(
            test=ast.Compare(
                left=ast.Call(func=ast.Name(id=name), args=args, keywords=keywords),
                ops=[ast.Eq()],
                comparators=[expected],
            )
        ) if name in functions and all(each.arg for each in keywords):
            try:
                return Call(
                    function=name,
                    args=tuple(_plain(each) for each in args),
                    kwargs={str(each.arg): _plain(each.value) for each in keywords},
                    expected=_plain(expected),
                )
            except (ValueError, TypeError, BadInput):
                return None
    return None


def _plain(node: ast.expr) -> Any:
    value = ast.literal_eval(node)
    literal(value)
    return value


def _suite(body: list[ast.stmt], at: int, definitions: Mapping[str, ast.stmt]) -> Test:
    (function,) = ast.parse(f"def test_assert_{at}():\n    pass").body
    assert isinstance(function, ast.FunctionDef)
    function.body = body or function.body
    # Definitions stand outside of the test, where its local names do not reach.
    whole = ast.Module([*needed(body, definitions), function], type_ignores=[])
    return "\n".join(map(ast.unparse, body)), Suite(source=ast.unparse(whole) + "\n")


def needed(body: list[ast.stmt], definitions: Mapping[str, ast.stmt]) -> list[ast.stmt]:
    """The definitions that statements need, and those that these need, in their order."""
    needed: list[ast.stmt] = []
    missing = _loaded(body) - _bound(body)
    while found := [
        each for name, each in definitions.items() if name in missing and each not in needed
    ]:
        needed += found
        missing |= _loaded(found)
    return [each for each in dict.fromkeys(definitions.values()) if each in needed]


def _loaded(body: Iterable[ast.stmt]) -> set[str]:
    """The names that statements read."""
    return {
        node.id
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _bound(body: Iterable[ast.stmt]) -> set[str]:
    """The names that statements bind where they stand."""
    names: set[str] = set()
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            names |= {each.asname or each.name.partition(".")[0] for each in statement.names}
        else:
            names |= {
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
    return names
