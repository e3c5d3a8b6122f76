"""Tests written for unittest or pytest, as suites of plain functions with plain asserts.

Each test becomes one function that brings along all that it needs: imports, helpers, what `setUp`
does. Graders of all styles run such functions, and what they expect can be told from what they do.
What cannot be said so is refused with its line, for a test that is left out weakens the task.
"""

from __future__ import annotations

import ast
import copy
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from hackgym.errors import BadInput
from hackgym.importers.asserts import cases_of
from hackgym.importers.rewriting import Asserting, is_plain, is_standard, names_in, refuse
from hackgym.task import Call, Case, Suite
from hackgym.values import literal

MAX_TESTS = 500
MAX_SETTLED = 200
"""Of a longer test, no variable is looked for everywhere."""
MAX_CHARS = 2**20
"""How long suites may be together, each with all that it needs."""

Code = Mapping[str, frozenset[str]]
"""The code under test: by module, the names that it defines."""

_CASES = frozenset({"unittest.TestCase", "TestCase"})
_BOUND_AND_USED = 2
_BEFORE = ("setUpClass", "setup_class", "setUp", "setup_method")
_AFTER = ("tearDown", "teardown_method", "tearDownClass", "teardown_class")
_IDLE = frozenset({"maxDiff", "longMessage"})


class Use(NamedTuple):
    """A name that tests use of the code under test."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class Converted:
    """The tests of a file."""

    tests: tuple[tuple[str, Case], ...]
    """Each test's text, by which tests are split, and its suite."""
    uses: tuple[Use, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What the suites import from `solution`."""
        return tuple(use.name for use in self.uses)


def convert(
    where: str,
    tree: ast.Module,
    code: Code,
    *,
    open_to: str = "",
    given: Mapping[str, ast.stmt] | None = None,
) -> Converted:
    """Turn the tests of a file into suites.

    Args:
        where: the field or file, for messages.
        tree: of the file.
        code: the code under test. What is imported of it becomes an import from `solution`.
        open_to: a module of the code whose names the tests use without importing them.
        given: statements by names that the tests may use without defining them.

    Raises:
        BadInput: naming the line of what cannot be converted, or if there is no test.
    """
    file = _File(where, code, open_to, dict(given or {}))
    file.read(tree)
    tests: list[tuple[str, Case]] = []
    length = 0
    for text, case in file.tests():
        tests.append((text, case))
        length += len(case.source) if isinstance(case, Suite) else len(text)
        if len(tests) > MAX_TESTS or length > MAX_CHARS:
            few = f"{MAX_TESTS} tests, or {MAX_CHARS} characters of them"
            raise BadInput(f"{where}: there are more than {few}; leave some out")
    if not tests:
        raise BadInput(f"{where}: there is no test in it; give functions or classes of tests")
    uses = tuple(dict.fromkeys(file.used))
    names = [use.name for use in uses]
    for name in names:
        if names.count(name) > 1:
            raise BadInput(f"{where}: two modules have a {name!r} that tests use; rename one")
    if not uses:
        raise BadInput(f"{where}: the tests import nothing from the code that they test")
    return Converted(tuple(tests), uses)


def defined_in(tree: ast.Module) -> frozenset[str]:
    """The names that a module binds, wherever outside of its functions and classes."""
    found: set[str] = set()
    pending: list[ast.AST] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {each.asname or each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        pending += ast.iter_child_nodes(node)
    return frozenset(found)


class _Renamed(ast.NodeTransformer):
    """Calls what tests use of the code under test by its own name, wherever they have it from."""

    def __init__(self, file: _File) -> None:
        self._file = file
        self._variables: set[str] = set()
        """The variables of the functions around, which hide what is imported."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        outer = self._variables
        own = defined_in(ast.Module(node.body, type_ignores=[]))
        given = {each.arg for each in ast.walk(node.args) if isinstance(each, ast.arg)}
        self._variables = outer | own | given
        self.generic_visit(node)
        self._variables = outer
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        module = self._file.modules.get(ast.unparse(node.value)) if _dotted(node.value) else None
        if module is None or f"{module}.{node.attr}" in self._file.code:
            self.generic_visit(node)
            return node
        return ast.copy_location(ast.Name(node.attr, node.ctx), node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        file, hidden = self._file, node.id in self._variables
        if node.id in file.of_pytest and not hidden:
            made: ast.expr = ast.Name("pytest", ast.Load())
            made = ast.Attribute(made, file.of_pytest[node.id], node.ctx)
        elif node.id in file.names and not hidden:
            made = ast.Name(file.names[node.id].name, node.ctx)
        else:
            made = ast.Name(file.variable(node.id), node.ctx)
        return ast.copy_location(made, node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg = self._file.variable(node.arg)
        return node


class _File:
    """A file of tests, taken apart."""

    def __init__(self, where: str, code: Code, open_to: str, given: dict[str, ast.stmt]) -> None:
        self.where = where
        self.code = code
        self.modules: dict[str, str] = {}
        """Modules of the code, by the expressions that stand for them."""
        self.names: dict[str, Use] = {}
        """What is imported from the code, by its name in the tests."""
        self.of_pytest: dict[str, str] = {}
        self.reserved: set[str] = set()
        """Names that stand for something under test only after a module's name."""
        self.used: list[Use] = []
        self._definitions = given
        self._functions: dict[str, ast.FunctionDef] = {}
        self._classes: dict[str, ast.ClassDef] = {}
        self._open_to = open_to
        self._taken: set[str] = set()

    def read(self, tree: ast.Module) -> None:
        """Look at all that stands at the top of the file."""
        others = []
        for node in tree.body:
            if isinstance(node, ast.Import):
                self._import(node)
            elif isinstance(node, ast.ImportFrom):
                self._import_from(node, tree)
            else:
                others.append(node)
        bound = defined_in(ast.Module(others, type_ignores=[]))
        for name in sorted(self.code.get(self._open_to, frozenset()) & names_in(tree) - bound):
            self.names.setdefault(name, Use(self._open_to, name))
        self.reserved |= {
            each.attr
            for each in ast.walk(tree)
            if isinstance(each, ast.Attribute)
            and _dotted(each.value)
            and ast.unparse(each.value) in self.modules
        }
        for node in others:
            self._define(_Renamed(self).visit(node))

    def variable(self, name: str) -> str:
        """Another name for a variable that is called as something under test."""
        return f"{name}_" if name in self.reserved else name

    def _import(self, node: ast.Import) -> None:
        for each in node.names:
            if each.name in self.code:
                self.modules[each.asname or each.name] = each.name
            elif each.name == "pytest":
                if each.asname:
                    refuse(self.where, node, "pytest is imported by another name; use its own")
            else:
                self._check_known(node, each.name)
                self._bind(ast.Import([each]), each)

    def _import_from(self, node: ast.ImportFrom, tree: ast.Module) -> None:
        module = node.module or ""
        if node.level:
            refuse(self.where, node, "an import is relative; name the module from the top")
        for each in node.names:
            local = each.asname or each.name
            if module == "__future__":
                continue
            if module == "pytest":
                self.of_pytest[local] = each.name
            elif f"{module}.{each.name}" in self.code:
                self.modules[local] = f"{module}.{each.name}"
            elif module in self.code:
                wanted = self.code[module] & names_in(tree) if local == "*" else {each.name}
                for name in sorted(wanted):
                    self.names[name if local == "*" else local] = Use(module, name)
            else:
                self._check_known(node, module)
                if local == "*":
                    refuse(self.where, node, f"all of {module!r} is imported; name what is needed")
                self._bind(ast.ImportFrom(module, [each], 0), each)

    def _check_known(self, node: ast.stmt, module: str) -> None:
        if not is_standard(module):
            known = "the code under test nor the standard library"
            refuse(self.where, node, f"the tests import {module!r}, which is neither {known}")

    def _bind(self, statement: ast.stmt, alias: ast.alias) -> None:
        self._definitions[alias.asname or alias.name.partition(".")[0]] = statement

    def _define(self, node: ast.stmt) -> None:
        if isinstance(node, ast.AsyncFunctionDef) and node.name.startswith("test"):
            refuse(self.where, node, f"{node.name} is asynchronous, which is not supported")
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            self._functions[node.name] = node
        elif isinstance(node, ast.ClassDef) and self._is_of_tests(node):
            self._classes[node.name] = node
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if any("fixture" in ast.unparse(each) for each in node.decorator_list):
                refuse(self.where, node, f"{node.name} is a fixture, which is not supported")
            self._definitions[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            bound = defined_in(ast.Module([node], type_ignores=[]))
            if "pytestmark" in bound:
                refuse(self.where, node, "marks for a whole file are not supported")
            self._definitions |= dict.fromkeys(bound, node)
        elif not _is_idle(node):
            refuse(self.where, node, "only definitions, imports and tests may stand at the top")

    def _is_of_tests(self, node: ast.ClassDef) -> bool:
        bases = {ast.unparse(base) for base in node.bases}
        if bases & set(self._classes):
            refuse(self.where, node, f"{node.name} inherits tests, which is not supported")
        methods = (each.name for each in node.body if isinstance(each, ast.FunctionDef))
        tests = any(name.startswith("test") for name in methods)
        return bool(bases & _CASES) or (not bases and node.name.startswith("Test") and tests)

    def tests(self) -> Iterator[tuple[str, Case]]:
        """The tests in their order, those of functions first."""
        for function in self._functions.values():
            if _is_skipped(function):
                continue
            for at, arguments in enumerate(self._parameters(function)):
                asserting = Asserting(self.where, frozenset())
                body = asserting.body(settled([*arguments, *function.body]))
                name = function.name if not function.args.args else f"{function.name}_{at}"
                yield self._test(name, body, asserting)
        for node in self._classes.values():
            yield from self._of_class(node)

    def _parameters(self, function: ast.FunctionDef) -> Iterator[list[ast.stmt]]:
        """The statements that give a test its arguments, for each time that it is to run."""
        given = []
        for decorator in function.decorator_list:
            match decorator:
                case ast.Call(func=func, args=[names, values]) if (
                    ast.unparse(func) == "pytest.mark.parametrize"
                ):
                    given.append(self._rows(decorator, names, values))
                case _:
                    refuse(self.where, function, f"@{ast.unparse(decorator)} is not supported")
        arguments = function.args
        if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.defaults:
            refuse(self.where, function, f"{function.name} takes arguments of an unknown kind")
        known = {name for rows in given for row in rows for name in row}
        for each in (*arguments.posonlyargs, *arguments.args):
            if each.arg not in known:
                refuse(self.where, function, f"{function.name} takes the fixture {each.arg!r}")
        for rows in itertools.product(*reversed(given)):
            drawn = {name: value for row in rows for name, value in row.items()}
            text = "".join(f"{name} = {literal(value)}\n" for name, value in drawn.items())
            yield ast.parse(text).body

    def _rows(self, node: ast.expr, names: ast.expr, values: ast.expr) -> list[dict[str, Any]]:
        """The arguments that a parametrize gives, row by row."""
        try:
            named = ast.literal_eval(names)
            listed = named.split(",") if isinstance(named, str) else list(named)
            targets = [self.variable(str(each).strip()) for each in listed]
            rows = list(ast.literal_eval(_listed(values)))
            if len(targets) == 1:
                return [{targets[0]: row} for row in rows]
            return [dict(zip(targets, row, strict=True)) for row in rows]
        except (ValueError, TypeError, SyntaxError, AttributeError):
            refuse(self.where, node, "only a list of plain values can be given to parametrize")

    def _of_class(self, node: ast.ClassDef) -> Iterator[tuple[str, Case]]:
        if _is_skipped(node):
            return
        if node.decorator_list:
            refuse(self.where, node, f"{node.name} has a decorator, which is not supported")
        methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
        for each in node.body:
            if isinstance(each, ast.AsyncFunctionDef):
                refuse(self.where, each, f"{each.name} is asynchronous, which is not supported")
        tests = [name for name in methods if name.startswith("test")]
        helpers = frozenset(set(methods) - {*tests, *_BEFORE, *_AFTER})
        asserting = Asserting(self.where, helpers | _attributes(node))
        for name in tests:
            method = methods[name]
            if _is_skipped(method):
                continue
            if method.decorator_list or [each.arg for each in method.args.args] != ["self"]:
                refuse(self.where, method, f"{name} has a decorator, or takes more than `self`")
            around = [
                [*itertools.chain(*(asserting.body(self._around(methods[n])) for n in names))]
                for names in ([n for n in part if n in methods] for part in (_BEFORE, _AFTER))
            ]
            body = asserting.body(settled(method.body))
            if around[1]:
                body = [ast.Try(body, [], [], around[1])]
            body = [*around[0], *body]
            if {"self", "Case", node.name} & names_in(ast.Module(body, type_ignores=[])):
                body = [*_holder(node, methods, helpers, asserting), *body]
            short = name.removeprefix("test").lstrip("_")
            yield self._test(f"test_{node.name}_{short}", body, asserting)

    def _around(self, method: ast.FunctionDef) -> list[ast.stmt]:
        """What is done before or after a test, without what the class above does."""
        for each in ast.walk(method):
            if isinstance(each, ast.Return | ast.Yield | ast.YieldFrom):
                refuse(self.where, each, f"{method.name} returns early, which is not supported")
        body = [each for each in copy.deepcopy(method.body) if "super()" not in ast.unparse(each)]
        first = method.args.args[0].arg if method.args.args else "self"
        if "Class" in method.name or "_class" in method.name:
            for each in ast.walk(ast.Module(body, type_ignores=[])):
                if isinstance(each, ast.Name) and each.id == first:
                    each.id = "Case"
        elif first != "self":
            refuse(self.where, method, f"{method.name} calls its object {first!r}, not `self`")
        return body

    def _test(self, name: str, body: list[ast.stmt], asserting: Asserting) -> tuple[str, Case]:
        if name.removeprefix("test_").isdecimal():
            name += "_own"  # the tests of calls are called so
        while name in self._taken:
            name += "_again"
        self._taken.add(name)
        text = "\n".join(map(ast.unparse, map(ast.fix_missing_locations, body)))
        body = [each for each in body if not _is_idle(each)] or [ast.Pass()]
        needed = _needed(body, self._definitions)
        whole = [*needed, *body]
        whole = [*(ast.Import([ast.alias(each)]) for each in sorted(asserting.imports)), *whole]
        (function,) = ast.parse(f"def {name}():\n    pass").body
        assert isinstance(function, ast.FunctionDef)
        function.body = whole
        asserting.check(function)
        found = names_in(function)
        self.used += [use for use in self.names.values() if use.name in found]
        for module in dict.fromkeys(self.modules.values()):
            self.used += [
                Use(module, each)
                for each in sorted(self.reserved & found)
                if each in self.code[module]
            ]
        if len(whole) == 1 and isinstance(body[0], ast.Assert):
            # As a call, if it is one: of calls, fresh ones can be drawn.
            cases = cases_of(body, frozenset(use.name for use in self.used) & found, {})
            if cases and isinstance(cases[0][1], Call):
                return text, cases[0][1]
        return text, Suite(source=ast.unparse(ast.fix_missing_locations(function)) + "\n")


def settled(body: list[ast.stmt]) -> list[ast.stmt]:
    """A test with plain values where it uses them, if it uses them once.

    What a test expects is disguised in decoys where it stands in a comparison.
    """
    whole = ast.Module(copy.deepcopy(body), type_ignores=[])
    if len(body) > MAX_SETTLED:
        return whole.body
    names = Counter(each.id for each in ast.walk(whole) if isinstance(each, ast.Name))
    for first in list(whole.body):
        match first:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if names[
                name
            ] == _BOUND_AND_USED and is_plain(value):
                for after in whole.body[whole.body.index(first) + 1 :]:
                    if name in names_in(after) and _is_simple(after):
                        whole.body.remove(first)
                        _Filled(name, value).visit(after)
    return whole.body


def _is_simple(node: ast.stmt) -> bool:
    """Whether all of a statement is run just once."""
    scopes = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    simple = isinstance(node, ast.Assert | ast.Expr | ast.Assign)
    return simple and not any(isinstance(each, scopes) for each in ast.walk(node))


class _Filled(ast.NodeTransformer):
    """Puts a value in place of a name."""

    def __init__(self, name: str, value: ast.expr) -> None:
        self._name = name
        self._value = value

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._value if node.id == self._name else node


def _dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _is_idle(node: ast.stmt) -> bool:
    """Whether a statement at the top does nothing that a suite needs."""
    if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
        return True
    if isinstance(node, ast.Expr):
        plain = isinstance(node.value, ast.Constant)
        return plain or ast.unparse(node).startswith(("sys.path.", "unittest.main("))
    return isinstance(node, ast.Pass)


def _is_skipped(node: ast.FunctionDef | ast.ClassDef) -> bool:
    names = (e.func if isinstance(e, ast.Call) else e for e in node.decorator_list)
    return any(ast.unparse(name).rpartition(".")[2].startswith("skip") for name in names)


def _listed(values: ast.expr) -> ast.expr:
    """The rows of a parametrize, without the `pytest.param` that may stand around each."""
    if not isinstance(values, ast.List | ast.Tuple):
        return values
    return ast.List([_plain_row(each) for each in values.elts], ast.Load())


def _plain_row(node: ast.expr) -> ast.expr:
    if not isinstance(node, ast.Call) or ast.unparse(node.func) != "pytest.param":
        return node
    if any(each.arg != "id" for each in node.keywords):
        raise ValueError("a mark")
    return node.args[0] if len(node.args) == 1 else ast.Tuple(node.args, ast.Load())


def _attributes(node: ast.ClassDef) -> frozenset[str]:
    """What a class of tests sets on its objects."""
    own = defined_in(ast.Module(node.body, type_ignores=[]))
    return own | {
        each.attr
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)
    }


def _holder(
    node: ast.ClassDef,
    methods: Mapping[str, ast.FunctionDef],
    helpers: frozenset[str],
    asserting: Asserting,
) -> list[ast.stmt]:
    """An object in place of the test's own, with the helpers and attributes of its class."""
    (case, named, made) = ast.parse(
        f"class Case:\n    pass\n{node.name} = Case\nself = Case()"
    ).body
    assert isinstance(case, ast.ClassDef)
    for each in node.body:
        kept = isinstance(each, ast.Assign | ast.AnnAssign)
        if kept and not defined_in(ast.Module([each], type_ignores=[])) & _IDLE:
            case.body.append(copy.deepcopy(each))
    for name in methods:
        if name in helpers:
            helper = copy.deepcopy(methods[name])
            helper.body = asserting.body(helper.body)
            case.body.append(helper)
    return [case, named, made] if node.name in names_in(node) else [case, made]


def _needed(body: list[ast.stmt], definitions: Mapping[str, ast.stmt]) -> list[ast.stmt]:
    """The definitions that statements need, and those that these need, in their order."""
    whole = ast.Module(body, type_ignores=[])
    pending = list(names_in(whole) - defined_in(whole))
    needed: dict[int, ast.stmt] = {}
    while pending:
        found = definitions.get(pending.pop())
        if found is not None and id(found) not in needed:
            needed[id(found)] = found
            pending += names_in(found)
    each_once = {id(each): each for each in definitions.values()}
    return [copy.deepcopy(each) for at, each in each_once.items() if at in needed]
