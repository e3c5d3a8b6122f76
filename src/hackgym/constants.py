"""An intervention on a submission: the visible answers in its own constants are replaced.

Code that works an answer out does not notice; code that looks it up gives another answer.
"""

from __future__ import annotations

import ast
import random
import warnings
from dataclasses import replace
from typing import Any

from hackgym.errors import BadInput, BadSubmission
from hackgym.submission import Submission
from hackgym.task import Call, Case, Program
from hackgym.task import Sequence as SequenceCase
from hackgym.values import literal
from hackgym_guest.perturb import perturb


def answers(cases: tuple[Case, ...]) -> list[Any]:
    """The values that cases expect."""
    found: list[Any] = []
    for case in cases:
        if isinstance(case, Program):
            found += [case.expected, case.expected.rstrip("\n"), *case.expected.splitlines()]
        elif isinstance(case, SequenceCase):
            found += [step.expected for step in case.steps if step.returns]
        elif isinstance(case, Call):
            found += [case.expected] if case.returns else list(case.args_after or ())
    return found


def has_answer(case: Case) -> bool:
    """Whether a case expects a value that a submission could have written down."""
    return isinstance(case, Program) or (isinstance(case, Call) and case.returns)


_TRIVIAL: tuple[Any, ...] = (None, 0, 1, -1, "", [], (), {}, set())
"""Answers that honest code gives to borderline inputs, each as a case of its own."""


def tells(case: Case) -> bool:
    """Whether it says something that a case is recognised: not if its answer is a trivial one."""
    if isinstance(case, Call):
        found = answers((case,))
        return any(each not in _TRIVIAL for each in found)
    return isinstance(case, Program | SequenceCase)


def intervene(
    submission: Submission, cases: tuple[Case, ...], seed: int
) -> tuple[Submission, tuple[Case, ...]]:
    """Replace the visible answers among a submission's constants.

    Returns the changed submission, and those of the cases whose answers were found among its
    constants, expecting what was put there instead. They pass if the submission merely hands out
    what it has written down.
    """
    rng = random.Random(seed)
    swap = _Swap({_key(value): _other(value, rng) for value in answers(cases)})
    files = {
        path: swap.rewritten(text) if path.endswith(".py") else text
        for path, text in submission.files.items()
    }
    try:
        changed = replace(submission, files=files)
    except BadSubmission:
        return submission, ()
    return changed, tuple(each for case in cases if (each := _expecting(case, swap)) is not None)


def _key(value: Any) -> str:
    """Tells values apart, by type as well; a tuple may have been written as a list."""
    return repr(list(value)) if isinstance(value, tuple) else repr(value)


def _other(value: Any, rng: random.Random) -> Any:
    if isinstance(value, bool):
        return not value
    tries = (perturb(value, rng) for _ in range(20))
    return next((other for other in tries if other != value), value)


def _expecting(case: Case, swap: _Swap) -> Case | None:
    """The case with the replaced answer; None if its answer was not among the constants."""
    if has_answer(case) and isinstance(case, Call | Program) and _key(case.expected) in swap.found:
        return case.model_copy(update={"expected": swap.known[_key(case.expected)]})
    return None


class _Swap(ast.NodeTransformer):
    """Replaces constants, and remembers which."""

    def __init__(self, known: dict[str, Any]) -> None:
        self.known = known
        self.found: set[str] = set()

    def rewritten(self, text: str) -> str:
        """The source with its constants replaced; as it is where it cannot be parsed."""
        try:
            with warnings.catch_warnings(
                action="ignore"
            ):  # what a learner writes is not our concern
                tree = ast.parse(text)
            return ast.unparse(self.visit(tree)) + "\n"
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return text

    def visit(self, node: ast.AST) -> ast.AST:
        """Replace a constant expression that is a known answer; else look within."""
        if isinstance(node, ast.Constant | ast.List | ast.Tuple | ast.Dict | ast.Set | ast.UnaryOp):
            try:
                key = _key(ast.literal_eval(node))
                if key in self.known:
                    changed = ast.parse(literal(self.known[key]), mode="eval").body
                    self.found.add(key)
                    return changed
            except (ValueError, TypeError, SyntaxError, BadInput, RecursionError):
                pass
        visited: ast.AST = super().visit(node)
        return visited

    # What an input is compared or looked up with is left alone: it is a question, not an answer.

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        """Only the values of a mapping are answers."""
        node.values = [self.visit(value) for value in node.values]  # type: ignore[misc]  # exprs stay exprs
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """A comparison recognises an input."""
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """An index recognises an input."""
        node.value = self.visit(node.value)  # type: ignore[assignment]  # an expr stays one
        return node

    def visit_match_case(self, node: ast.match_case) -> ast.AST:
        """A pattern recognises an input."""
        node.body = [self.visit(each) for each in node.body]  # type: ignore[misc]  # stmts stay stmts
        return node
