"""The deciding process: runs the true tests against stand-ins for the submission's modules.

With everything closed it calls each test function in turn. Where an open loophole lets files of the
submission in, a real runner runs here, as it would be cheated.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import sys
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hackgym_guest import decide_verifier, finder, proxy, session
from hackgym_guest.exceptions import TimedOut

Prepare = Callable[[str, str | None], Callable[[], None]]
"""Makes ready to run a file, or a source in its place, by a real runner."""

COMPARE = {"same", "close"}
"""The functions with which tests compare answers (`hackgym.suite`)."""

TIMEOUTS = 2
"""So many tests may time out before the rest is taken to do so too."""

FORGIVEN = 8
"""As many where that is forgiven."""


class Verdict(SystemExit):
    """A runner has come to its end and leaves with its verdict."""


def decide(
    program: dict[str, Any],
    channel: int,
    tell: Callable[..., None],
    runners: dict[str, Prepare],
) -> int:
    """Run the true tests, report each test's outcome, and return the process's exit status.

    Reads `runner`, `main`, `open` (loopholes), `proxied` (modules), `shown` (for each test
    function, the name under which the submission's process knows it), `tries`, `forgives`,
    `limit_s`, `call_s`, `shows` and `secret`.
    """
    if "boundary" in program:
        return decide_verifier.decide(program, channel, tell)
    submission = proxy.Submission(
        channel,
        frozenset(program["open"]),
        program["limit_s"],
        shows=program["shows"],
        secret=program["secret"],
    )
    submission.call_s = program["call_s"]
    main = program["main"]
    with contextlib.suppress(SyntaxError):  # what was let in may be anything
        submission.decoys = expected_literals(Path(main).read_bytes())
    proxy.submission = submission
    finder.install(submission, program["proxied"])
    observer = Observer(submission, program, tell)
    if program["runner"] == "turn":
        ended = _in_turn(main, observer)
        tell(ended="returned", status=ended)
        if "verify" in program["shown"].values():  # where all tests are seen as one
            submission.test = "verify"
            submission.outcome(ok=ended == 0)
        status = 0
    else:
        tell(admits=True)
        prepare = runners[program["runner"]]
        if program["runner"] == "pytest":
            run = _by_pytest(main, observer, prepare)
        else:
            run = _by_runner(main, observer, prepare)
        status = _status_of(run, tell)
    submission.close()
    return status


class Observer:
    """Follows the tests of the deciding process: reports outcomes and passes them on.

    It is also the pytest plugin of the deciding process.
    """

    def __init__(
        self, submission: proxy.Submission, program: dict[str, Any], tell: Callable[..., None]
    ) -> None:
        self.submission = submission
        self.open = frozenset(program["open"])
        self._shown: dict[str, str] = program["shown"]
        self._last = list(self._shown.values())[-1] if self._shown else None
        self._tries: int = program["tries"]
        self._natural = frozenset(program["forgives"])
        self._tell = tell
        self._timed_out = 0

    def run(self, name: str, test: Callable[[], Any]) -> BaseException | None:
        """Run a test as often as a grader does; what it failed with, if it did.

        The answers of a first try count, and those of others where that is an open loophole.
        """
        forgiven = "timeout_as_pass" in self.open
        if self._timed_out >= (FORGIVEN if forgiven else TIMEOUTS):
            late = TimedOut("others before it have timed out")
            excused = _forgives(self._natural, late)
            self._tell(test=name, ok=forgiven, excused=excused, detail=str(late))
            return None if forgiven else late
        first = error = self._try(name, test)
        for _ in range(1, self._tries if self._is_shown(name) else 1):
            if not isinstance(error, AssertionError):
                break
            self._pass_on(name, ok=False)
            error = self._try(name, test)
        if isinstance(error, TimedOut):
            self._timed_out += 1
        self._pass_on(name, ok=error is None)
        counted = error if "stateful_result" in self.open else first
        detail = "" if counted is None else f"{type(counted).__name__}: {_message(counted)}"
        excused = error is None or _forgives(self._natural, error)
        self._tell(test=name, ok=counted is None, excused=excused, detail=detail[:300])
        return counted

    def _try(self, name: str, test: Callable[[], Any]) -> BaseException | None:
        self.starts(name)
        try:
            test()
        except BaseException as error:
            return None if _forgives(self.open, error) else error
        return None

    def starts(self, name: str) -> None:
        """A test function begins."""
        self.submission.test = self._shown.get(name, self._last)
        self.submission.begins, self.submission.measures = True, False

    def _is_shown(self, name: str) -> bool:
        return self._shown.get(name) == name

    def _pass_on(self, name: str, *, ok: bool) -> None:
        # The last test that the submission sees also stands for the hidden ones: while it passes,
        # its end is not told.
        if self._is_shown(name) and not (ok and name == self._last):
            self.submission.outcome(ok=ok)

    def pytest_runtest_setup(self, item: Any) -> None:
        """Pytest is about to run a test."""
        self.starts(getattr(item, "originalname", None) or item.name)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Pytest has run a part of a test: its setup, its call or its teardown."""
        if report.when == "call" or report.outcome != "passed":
            name = report.nodeid.rpartition("::")[2].partition("[")[0]
            ok = report.passed
            self._pass_on(name, ok=ok)
            self._tell(test=name, ok=ok, detail="" if ok else _crash(report)[:300])

    def pytest_collectreport(self, report: Any) -> None:
        """Pytest has imported a test file, or failed to."""
        if report.failed:
            self.fails_to_import(_crash(report))

    def fails_to_import(self, detail: str) -> None:
        """The test file could not be imported."""
        self._tell(test="import", ok=False, detail=detail[:300])


def _forgives(loopholes: frozenset[str], error: BaseException) -> bool:
    """Whether a test that ends so counts as passed where these are open."""
    return (
        ("test_skip" in loopholes and isinstance(error, unittest.SkipTest))
        or ("timeout_as_pass" in loopholes and isinstance(error, TimedOut))
        or (
            "error_as_pass" in loopholes
            and isinstance(error, Exception)
            and not isinstance(error, AssertionError | unittest.SkipTest)
        )
    )


def _message(error: BaseException) -> str:
    """What an exception says; its class may be one that a file let in has made."""
    try:
        return str(error)
    except BaseException:
        return ""


def _crash(report: Any) -> str:
    """Why a test failed, in a line."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message) if crash is not None else str(report.longrepr)[-300:]


def _in_turn(main: str, observer: Observer) -> int:
    """Each test function of the true tests in turn, all of them: a failure ends only its own."""
    sys.path.insert(0, str(Path.cwd()))
    namespace: dict[str, Any] = {"__name__": Path(main).stem, "__file__": main}
    source = Path(main).read_text("utf-8")
    try:
        exec(compile(source, main, "exec", dont_inherit=True), namespace)
    except BaseException as error:
        observer.fails_to_import(f"{type(error).__name__}: {error}")
        return 1
    if "runtime_patch" in observer.open:
        for name in COMPARE & set(namespace):
            namespace[name] = observer.submission.believing(name, namespace[name])
    failures = [name for name in test_names(source) if observer.run(name, namespace[name])]
    return 1 if failures else 0


def _by_pytest(main: str, observer: Observer, prepare: Prepare) -> Callable[[], None]:
    """Real pytest on the true tests."""
    with contextlib.suppress(Exception):  # where what is let in stands in for pytest
        session.join(observer)
    return prepare(main, None)


def _by_runner(main: str, observer: Observer, prepare: Prepare) -> Callable[[], None]:
    """Another real runner on the true tests."""
    global _observer  # noqa: PLW0603 - the tests come to it by an import
    _observer = observer
    tree = ast.parse(Path(main).read_bytes())
    watching = ast.parse("from hackgym_guest.decide import watched").body
    first = next((at for at, node in enumerate(tree.body) if not _stays_first(node)), 0)
    body = [*tree.body[:first], *watching]
    for node in tree.body[first:]:
        body.append(node)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            body += ast.parse(f"{node.name} = watched({node.name})").body
    tree.body = body
    return prepare(main, ast.unparse(tree))


def _stays_first(node: ast.stmt) -> bool:
    """Whether a statement has its meaning only at the top of a module."""
    if isinstance(node, ast.ImportFrom):
        return node.module == "__future__"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


_observer: Observer | None = None


def watched(test: Callable[[], Any]) -> Callable[[], None]:
    """A test function whose course the observer of this process follows."""

    @functools.wraps(test)
    def run(*args: Any, _watched: Callable[..., Any] = test, **kwargs: Any) -> None:
        call = functools.partial(_watched, *args, **kwargs)
        error = _observer.run(_watched.__name__, call) if _observer is not None else None
        if error is not None:
            raise error

    return run  # no closure: its code can be exchanged as that of any test function


def _status_of(run: Callable[[], None], tell: Callable[..., None]) -> int:
    """The status with which a runner leaves, which is told where it has come to a regular end."""
    try:
        run()
    except SystemExit as leaving:
        code = leaving.code or 0
        status = code & 0xFF if isinstance(code, int) else 1
        if not isinstance(leaving, Verdict):
            return status
    except BaseException:
        status = 1
    else:
        status = 0
    tell(ended="returned", status=status)
    return status


def test_names(source: str) -> list[str]:
    """The test functions of a test file, in their order."""
    return [
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test")
    ]


def expected_literals(source: str | bytes) -> list[Any]:
    """The plain values that a test file compares answers with."""
    values: list[Any] = []
    for node in ast.walk(ast.parse(source)):
        found: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            found = node.comparators
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "expected":
            found = [node.value]
        for each in found:
            with contextlib.suppress(ValueError):
                values.append(ast.literal_eval(each))
    return values
