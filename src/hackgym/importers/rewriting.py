"""What unittest and pytest assert with methods and helpers, as plain asserts."""

from __future__ import annotations

import ast
import copy
import sys
import unittest
from collections.abc import Iterable
from typing import NoReturn

from hackgym.errors import BadInput

_EQUAL = "assert {0} == {1}"
_PLAIN = {
    "assertNotEqual": "assert {0} != {1}",
    "assertTrue": "assert {0}",
    "assertFalse": "assert not {0}",
    "assertIs": "assert {0} is {1}",
    "assertIsNot": "assert {0} is not {1}",
    "assertIsNone": "assert {0} is None",
    "assertIsNotNone": "assert {0} is not None",
    "assertIn": "assert {0} in {1}",
    "assertNotIn": "assert {0} not in {1}",
    "assertIsInstance": "assert isinstance({0}, {1})",
    "assertNotIsInstance": "assert not isinstance({0}, {1})",
    "assertGreater": "assert {0} > {1}",
    "assertGreaterEqual": "assert {0} >= {1}",
    "assertLess": "assert {0} < {1}",
    "assertLessEqual": "assert {0} <= {1}",
    "assertRegex": "assert re.search({1}, {0})",
    "assertNotRegex": "assert not re.search({1}, {0})",
    "assertCountEqual": "assert sorted({0}, key=repr) == sorted({1}, key=repr)",
    **dict.fromkeys(
        (
            *("assertEqual", "assertEquals", "assertListEqual", "assertTupleEqual"),
            *("assertDictEqual", "assertSetEqual", "assertSequenceEqual", "assertMultiLineEqual"),
        ),
        _EQUAL,
    ),
}
_RAISES = frozenset({"self.assertRaises", "self.assertRaisesRegex", "pytest.raises"})
_OF_CASES = frozenset(dir(unittest.TestCase)) - frozenset(dir(object))
_PLACES = 7
"""To how many decimal places unittest compares by default."""


def refuse(where: str, node: ast.AST, why: str) -> NoReturn:
    """Say that a line of a source cannot be converted. Raises BadInput."""
    at = f": line {node.lineno}" if hasattr(node, "lineno") else ""
    raise BadInput(f"{where}{at}: {why}")


def names_in(node: ast.AST) -> frozenset[str]:
    """The names that are read somewhere below a node."""
    return frozenset(
        each.id
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
    )


def is_standard(module: str) -> bool:
    """Whether a module is one of the standard library's."""
    return module.partition(".")[0] in sys.stdlib_module_names


class Asserting(ast.NodeTransformer):
    """Writes the assertions of unittest and pytest as asserts.

    Args:
        where: the field or file, for messages.
        own: what `self` has of its own, besides what every TestCase has.
    """

    def __init__(self, where: str, own: frozenset[str]) -> None:
        self.imports: set[str] = set()
        """Modules that the asserts need."""
        self._where = where
        self._own = own
        self._caught: set[str] = set()

    def body(self, statements: Iterable[ast.stmt]) -> list[ast.stmt]:
        """Statements with plain asserts; those given stay as they are. Raises BadInput."""
        done: list[ast.stmt] = []
        for statement in statements:
            new = self.visit(copy.deepcopy(statement))
            done += new if isinstance(new, list) else [new]
        return done

    def check(self, function: ast.FunctionDef) -> None:
        """Raise BadInput for what needs unittest or pytest itself."""
        for node in ast.walk(function):
            if isinstance(node, ast.Global | ast.Nonlocal):
                refuse(self._where, node, "global variables are not supported in tests")
            of = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                of = [node.module if node.module and not node.level else "."]
            for module in of:
                if not is_standard(module):
                    refuse(self._where, node, f"{module!r} is imported in a function; do so above")
            if not isinstance(node, ast.Attribute):
                continue
            name = ast.unparse(node)
            of_case = name.startswith("self.") and node.attr in _OF_CASES - self._own
            if of_case or name.startswith("pytest."):
                refuse(self._where, node, f"{name} is not supported")

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        """An assertion that is called as a method or helper."""
        self.generic_visit(node)
        if not isinstance(node.value, ast.Call):
            return node
        call, name = node.value, ast.unparse(node.value.func)
        method = name.removeprefix("self.") if name.startswith("self.") else ""
        if method in self._own:
            return node
        if name in _RAISES and len(call.args) > 1 + (method == "assertRaisesRegex"):
            at = 2 if method == "assertRaisesRegex" else 1
            made = ast.Call(call.args[at], call.args[at + 1 :], call.keywords)
            match = call.args[1] if method == "assertRaisesRegex" else None
            return self._raising(call.args[0], match, None, [ast.Expr(made)])
        if method == "fail" or name == "pytest.fail":
            return self._written(node, "raise AssertionError('the test says that it fails')")
        if method in ("assertAlmostEqual", "assertNotAlmostEqual"):
            return self._close(node, call, negated="Not" in method)
        if method in _PLAIN:
            return self._asserted(node, call, _PLAIN[method])
        return node

    def _asserted(self, node: ast.Expr, call: ast.Call, form: str) -> list[ast.stmt]:
        wanted = 1 + ("{1}" in form)
        known = all(each.arg == "msg" for each in call.keywords)
        starred = any(isinstance(each, ast.Starred) for each in call.args)
        if not known or starred or not wanted <= len(call.args) <= wanted + 1:
            refuse(self._where, node, f"{ast.unparse(call.func)} with such arguments")
        args = call.args[:wanted]
        if form == _EQUAL and is_plain(args[0]) and not is_plain(args[1]):
            args = [args[1], args[0]]  # what is expected stands last
        if "re.search" in form:
            self.imports.add("re")
        return self._written(node, form.format(*(f"({ast.unparse(each)})" for each in args)))

    def _close(self, node: ast.Expr, call: ast.Call, *, negated: bool) -> list[ast.stmt]:
        options = {each.arg: each.value for each in call.keywords}
        if not 2 <= len(call.args) <= 3:  # noqa: PLR2004 - two values, and perhaps places
            refuse(self._where, node, f"{ast.unparse(call.func)} with such arguments")
        first, second = (ast.unparse(each) for each in call.args[:2])
        if is_plain(call.args[0]) and not is_plain(call.args[1]):
            first, second = second, first
        places = call.args[2] if len(call.args) > 2 else options.get("places")  # noqa: PLR2004
        if "delta" in options:
            within = ast.unparse(options["delta"])
        elif places is None:
            within = repr(0.5 * 10**-_PLACES)
        else:
            within = f"0.5 * 10 ** -({ast.unparse(places)})"
        self.imports.add("math")
        told = f"math.isclose({first}, {second}, rel_tol=0, abs_tol={within})"
        return self._written(node, f"assert {'not ' * negated}{told}")

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        """A plain assert: what is expected stands last, and needs no pytest."""
        self.generic_visit(node)
        match node.test:
            case ast.Compare(
                left=left, ops=[ast.Eq()], comparators=[ast.Call(func=func) as about]
            ) if ast.unparse(func) == "pytest.approx":
                node.test = self._approx(node, left, about)
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]) if is_plain(
                left
            ) and not is_plain(right):
                node.test = ast.Compare(right, [ast.Eq()], [left])
        return node

    def _approx(self, node: ast.Assert, left: ast.expr, about: ast.Call) -> ast.expr:
        options = {str(each.arg): ast.unparse(each.value) for each in about.keywords}
        listed = isinstance(about.args[0], ast.List | ast.Tuple | ast.Dict) if about.args else True
        if listed or len(about.args) > 1 or not set(options) <= {"rel", "abs"}:
            refuse(self._where, node, "pytest.approx of anything but one number is not supported")
        self.imports.add("math")
        within = options.get("abs", "1e-12")
        share = options.get("rel", "0" if "abs" in options else "1e-6")
        sides = f"{ast.unparse(left)}, {ast.unparse(about.args[0])}"
        return _expression(f"math.isclose({sides}, rel_tol={share}, abs_tol={within})")

    def visit_With(self, node: ast.With) -> ast.AST | list[ast.stmt]:
        """An expected exception, or a part of a test."""
        first = node.items[0]
        call = first.context_expr
        name = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
        if name == "self.subTest":
            return self.body(node.body)
        if name not in _RAISES or not isinstance(call, ast.Call):
            self.generic_visit(node)
            return node
        caught = first.optional_vars
        named = caught is None or isinstance(caught, ast.Name)
        options = {each.arg: each.value for each in call.keywords}
        match = options.get("match", call.args[1] if len(call.args) > 1 else None)
        if len(node.items) > 1 or not named or not call.args or set(options) - {"match", "msg"}:
            refuse(self._where, node, f"{name} with such arguments")
        if isinstance(caught, ast.Name):
            self._caught.add(caught.id)
        return self._raising(call.args[0], match, caught, self.body(node.body))

    def _raising(
        self,
        kind: ast.expr,
        match: ast.expr | None,
        caught: ast.expr | None,
        body: list[ast.stmt],
    ) -> list[ast.stmt]:
        done = [f"{ast.unparse(caught)} = error"] if caught is not None else []
        if match is not None:
            self.imports.add("re")
            done.append(f"assert re.search({ast.unparse(match)}, str(error))")
        lines = "\n    ".join(done or ["pass"])
        wanted = ast.unparse(kind)
        (tried,) = ast.parse(
            f"try:\n    pass\nexcept {wanted}{' as error' * bool(done)}:\n    {lines}\n"
            f"else:\n    raise AssertionError({f'{wanted} was not raised'!r})"
        ).body
        assert isinstance(tried, ast.Try)
        tried.body = body
        return [tried]

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """An exception that was caught is what the context manager's `exception` was."""
        owner = node.value
        if isinstance(owner, ast.Name) and owner.id in self._caught:
            if node.attr in ("exception", "value"):
                return owner
            refuse(self._where, node, f"{ast.unparse(node)} is not supported")
        self.generic_visit(node)
        return node

    @staticmethod
    def _written(node: ast.stmt, text: str) -> list[ast.stmt]:
        return [ast.copy_location(each, node) for each in ast.parse(text).body]


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def is_plain(node: ast.expr) -> bool:
    """Whether an expression is a literal."""
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True
