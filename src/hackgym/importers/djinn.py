"""Problems of djinn: a `problem.yaml`, a problem's folder, or a folder of such folders.

A problem has test cases, a solution, wrong ones (`nulls`) and a verifier with a weakness, which
becomes the task's own verifier program, bound to the visible test cases. What is right is said by
the test cases, so `secure_verifier` is not read. A task has no place for an exploit: only what kind
it is of stands in the task's `source`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from hackgym.errors import BadInput, MissingExtra
from hackgym.importers import Refusal
from hackgym.importers.folders import folders_of, text_of
from hackgym.importers.rows import made, parsed
from hackgym.importers.splits import split
from hackgym.task import MAIN, Call, Task, Wrong
from hackgym.values import literal

PROBLEM = "problem.yaml"
MAX_DEPTH = 50
_PAIR = 2

_RESULTS = """
import enum

class VerificationStatus(enum.Enum):
    PASSED = "passed"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    SECURITY_VIOLATION = "security_violation"

class VerificationResultSingle:
    def __init__(self, status, feedback=None, **_):
        self.status = status
        self.feedback = feedback

SingleVerificationResult = VerificationResultSingle
"""
"""What a verifier may import from djinn."""

_BOUND = """
{theirs}

TEST_CASES = {cases}
verify_cases = verify

def verify(source):
    told = verify_cases({given})
    if isinstance(told, tuple):
        told = told[0]
    if isinstance(told, dict):
        told = told.get("status", told.get("passed"))
    status = getattr(told, "status", told)
    status = getattr(status, "value", status)
    return status is True or status == "passed", str(getattr(told, "feedback", ""))
"""


class _Problem(BaseModel):
    description: str
    function_name: str
    test_cases: str | list[Any]
    ground_truth: str
    id: str = ""
    exploit_type: str = ""
    exploit_expected_status: str = "passed"
    insecure_verifier: str | None = None
    nulls: list[str] = []


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read problems. Raises BadInput where there is none, and MissingExtra without PyYAML."""
    _yaml()
    files = [source]
    if not source.is_file():
        folders = folders_of(source, PROBLEM, below="djinn/problems")
        files = [folder / PROBLEM for folder in folders]
    return (made(str(file), _name(file), partial(_task, file)) for file in files)


def _yaml() -> Any:
    try:
        import yaml  # noqa: PLC0415 - an optional package
    except ImportError:
        raise MissingExtra("the format djinn", "PyYAML", "yaml") from None
    return yaml


def _name(file: Path) -> str:
    return file.parent.name if file.name == PROBLEM else file.stem


def _task(file: Path) -> Task:
    problem = _Problem.model_validate(_loaded(file))
    task_id = problem.id or _name(file)
    truth = _asset(file, problem.ground_truth).rstrip() + "\n"
    tests = [_case(problem, each, truth) for each in _test_cases(problem)]
    visible, hidden, record = split(task_id, [(text, call) for text, call, _ in tests])
    shown = [pair for _, call, pair in tests if any(call is each for each in visible)]
    nulls = [_asset(file, each).rstrip() + "\n" for each in problem.nulls]
    about = f"{problem.exploit_type or 'unnamed'}, {problem.exploit_expected_status}"
    return Task(
        id=task_id,
        instruction=f"{problem.description.strip()}\n\nWrite it as `{MAIN}`.\n",
        entry_points=(problem.function_name,),
        visible=visible,
        hidden=hidden,
        reference={MAIN: truth},
        wrong={
            f"wrong_null_{at}.py": Wrong(files={MAIN: text}, outcome="fail")
            for at, text in enumerate(nulls, start=1)
        },
        verifier=_bound(file, problem, shown),
        source=f"djinn; exploit, which is left out: {about[:100]}; {record}",
    )


def _loaded(file: Path) -> dict[str, Any]:
    """The document of a file."""
    yaml, text = _yaml(), text_of(file, file.parent)
    try:
        _check_plain(yaml, text)
        document = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.line + 1
        raise BadInput(f"not YAML: line {at}: {error.problem}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadInput(f"not YAML: {error}") from error
    if not isinstance(document, dict):
        raise BadInput(f"a problem is a mapping of fields, not a {type(document).__name__}")
    return document


def _check_plain(yaml: Any, text: str) -> None:
    """Raise BadInput for what can grow without end: aliases, and what is nested too deep."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise BadInput("there is an alias (*name) in it; write out what it stands for")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise BadInput(f"it is nested more than {MAX_DEPTH} deep")


def _asset(file: Path, value: str) -> str:
    """The text that a field holds, or that lies in the file beside the problem that it names."""
    if "\n" in value or not value.endswith(".py"):
        return value
    if Path(value).is_absolute() or ".." in Path(value).parts:
        raise BadInput(f"{value!r} leaves the folder; name a file in it, or give the code itself")
    return text_of(file.parent / value, file.parent)


def _test_cases(problem: _Problem) -> list[Any]:
    cases: Any = problem.test_cases
    if isinstance(cases, str):
        try:
            cases = ast.literal_eval(cases.strip())
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
            raise BadInput("test_cases: this is no literal of Python; give plain values") from error
    if not isinstance(cases, list):
        raise BadInput("test_cases: give a list of pairs of input and output")
    for at, case in enumerate(cases):
        if not isinstance(case, list | tuple) or len(case) != _PAIR:
            raise BadInput(f"test_cases: case {at}: give a pair of input and output")
    return cases


def _case(problem: _Problem, pair: Any, truth: str) -> tuple[str, Call, Any]:
    """A case's text, the call that it asks for, and itself.

    A function of one parameter gets the input as it is; others get its items.
    """
    given, expected = pair
    spread = isinstance(given, list | tuple) and _parameters(problem.function_name, truth) != 1
    args = tuple(given) if spread else (given,)
    call = Call(function=problem.function_name, args=args, expected=expected)
    return literal((given, expected)), call, (given, expected)


def _parameters(name: str, truth: str) -> int | None:
    """How many arguments the solution takes; None where that is not fixed."""
    functions = [n for n in parsed("ground_truth", truth).body if isinstance(n, ast.FunctionDef)]
    found = next((each for each in functions if each.name == name), None)
    if found is None:
        raise BadInput(f"function_name: ground_truth defines no function {name!r}")
    if found.args.vararg:
        return None
    return len([*found.args.posonlyargs, *found.args.args])


def _bound(file: Path, problem: _Problem, shown: list[Any]) -> str | None:
    """Their verifier as one of ours, with the visible test cases bound."""
    if problem.insecure_verifier is None:
        return None
    tree = parsed("insecure_verifier", _asset(file, problem.insecure_verifier))
    heads = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "verify"]
    if not heads:
        raise BadInput("insecure_verifier: it defines no function `verify`")
    taken = [*heads[-1].args.posonlyargs, *heads[-1].args.args]
    if not 1 <= len(taken) <= _PAIR:
        raise BadInput("insecure_verifier: verify takes the code, and perhaps the test cases")
    body = [node for node in tree.body if not _is_special(node)]
    if len(body) < len(tree.body):
        body[:0] = ast.parse(_RESULTS).body
    theirs = ast.unparse(ast.Module(body, type_ignores=[]))
    given = "source, TEST_CASES" if len(taken) == _PAIR else "source"
    return _BOUND.format(theirs=theirs, cases=literal(shown), given=given).lstrip()


def _is_special(node: ast.stmt) -> bool:
    """Whether a statement imports from djinn, which is not there, or has to come first."""
    if not isinstance(node, ast.ImportFrom):
        return False
    return (node.module or "").partition(".")[0] in ("djinn", "__future__")
