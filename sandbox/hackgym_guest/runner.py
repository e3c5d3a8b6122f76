"""What happens inside a box: a test file is run by a real runner, in one of three roles.

* `pay`: the tests as they stand, on the submission as it stands. The exit status is the verdict,
  which is how most real projects grade, and as careless.
* `serve`: the same runner on the same files, but its test functions make the calls that the
  deciding process sends (`hackgym_guest.serve`).
* `decide`: the true tests, with stand-ins for the submission's modules (`hackgym_guest.proxy`).

A fourth runner, `siblings`, draws fresh cases and has the reference answer them.
"""

from __future__ import annotations

import ast
import base64
import builtins
import contextlib
import functools
import importlib.util
import json
import marshal
import os
import runpy
import struct
import sys
import traceback
import types
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hackgym_guest import proxy, session, siblings
from hackgym_guest.serve import served
from hackgym_guest.session import TEST_FILE

PYTEST_ARGUMENTS = ("-q", "-p", "no:cacheprovider")


def run(program: dict[str, Any], channel: int, report: int) -> int:
    """Run a box's program in the current folder and return the exit status of its process.

    Args:
        program: what to run; its keys are described where each runner reads them.
        channel: descriptor of the socket to the other box.
        report: descriptor of the pipe to the supervisor, on which JSON lines are written.
    """
    tell = Report(report)
    if program["runner"] == "siblings":
        siblings.draw(program, tell)
        return 0
    if program.get("role") == "decide":
        return _decide(program, channel, tell)
    prepared = _PREPARE[program["runner"]](program["main"], program.get("stub"))
    program.clear()  # it tells one grade from another, and what runs now can look around
    served.connect(channel)
    return _hold(prepared, tell)


def run_session(wait: Callable[[], dict[str, Any]], channel: int, report: int) -> int:
    """As `run`, but start pytest first, and `wait` for the program where it is about to collect.

    The program's main file is to be TEST_FILE, and its role one that holds the submission.
    """

    def go_on() -> None:
        program = wait()
        _lay_stub(TEST_FILE, program.get("stub"))
        _lay_rewritten(TEST_FILE, **program.get("rewritten", {}))
        program.clear()
        served.connect(channel)

    session.plant(go_on)
    return _hold(functools.partial(_run_pytest, TEST_FILE), Report(report))


def _hold(runner: Callable[[], None], tell: Report) -> int:
    """Run a runner that holds the submission, whether it is paid for or serves calls."""
    by, status = "returned", 0
    try:
        runner()
    except SystemExit as leaving:
        # The runner itself leaves so; that a script does is the submission's doing.
        by = "returned" if isinstance(leaving, Verdict) else "exit"
        status = _status(leaving.code)
    except BaseException:
        _show(*sys.exc_info())
        status = 1
    served.finish()
    with contextlib.suppress(OSError):  # the submission may have closed it
        tell(ended="exit" if served.exit_raised else by, status=status)
    return status


class Verdict(SystemExit):
    """A runner has come to its end and leaves with its verdict."""


class Report:
    """Writes JSON lines to the supervisor's pipe."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __call__(self, **line: Any) -> None:
        """Write one line."""
        data = json.dumps(line).encode("ascii") + b"\n"
        while data:
            data = data[os.write(self._descriptor, data) :]


# The runners. Each makes ready to run a main file as `python MAIN` or `python -m pytest MAIN` does,
# to the point where that process would exit. Given a stub, its code runs under the file's name.


def prepare_script(main: str, stub: str | None) -> Callable[[], None]:
    """Run a file as `python FILE` does."""
    path = str(Path.cwd() / main)
    source = Path(main).read_bytes() if stub is None else stub
    return functools.partial(_run_main, path, source)


def _run_main(path: str, source: str | bytes) -> None:
    code = compile(source, path, "exec", dont_inherit=True)
    sys.argv = [os.path.basename(path)]
    sys.path.insert(0, os.path.dirname(path))
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=path, __builtins__=builtins)
    sys.modules["__main__"] = module
    exec(code, module.__dict__)


def prepare_pytest(main: str, stub: str | None) -> Callable[[], None]:
    """Run a file as `python -m pytest FILE` does."""
    _lay_stub(main, stub)
    return functools.partial(_run_pytest, main)


def _lay_stub(main: str, stub: str | None) -> None:
    if stub is not None:
        path = str(Path.cwd() / main)
        _lay_bytecode(Path(main), compile(stub, path, "exec", dont_inherit=True))


def _lay_rewritten(main: str, tail: str = "", path: str = "", code: str = "") -> None:
    """Spare pytest the rewriting of a test file that was rewritten for it elsewhere."""
    from _pytest.assertion.rewrite import PYC_TAIL  # noqa: PLC0415 - only under pytest

    if (tail, path) == (PYC_TAIL, str(Path.cwd() / main)):
        _lay_bytecode(Path(main), marshal.loads(base64.b64decode(code)))


def _run_pytest(main: str) -> None:
    sys.argv = ["pytest", *PYTEST_ARGUMENTS, main]
    sys.path.insert(0, str(Path.cwd()))
    try:
        runpy.run_module("pytest", run_name="__main__", alter_sys=True)
    except SystemExit as leaving:
        raise Verdict(leaving.code) from None


def prepare_verifier(main: str, _stub: str | None) -> Callable[[], None]:
    """Hand the submission's files to a verifier program's `verify`; leave with its verdict."""
    return functools.partial(_run_verifier, main)


def _run_verifier(main: str) -> None:
    namespace = runpy.run_path(str(Path.cwd() / main))
    files = {
        str(path.relative_to(Path.cwd())): path.read_text("utf-8", "replace")
        for path in sorted(Path.cwd().rglob("*"))
        if path.is_file() and path.name != main
    }
    passed, feedback = namespace["verify"](files)
    print(feedback)  # noqa: T201 - what a verifier says goes to its output
    raise Verdict(0 if passed else 1)


_PREPARE: dict[str, Callable[[str, str | None], Callable[[], None]]] = {
    "script": prepare_script,
    "pytest": prepare_pytest,
    "verifier": prepare_verifier,
}


def _lay_bytecode(main: Path, code: types.CodeType) -> None:
    """Put code where pytest looks for its cached, rewritten form of a test file."""
    from _pytest.assertion.rewrite import PYC_TAIL, _read_pyc  # noqa: PLC0415 - only under pytest

    cache = main.parent / "__pycache__"
    cache.mkdir(exist_ok=True)
    laid = cache / (main.stem + PYC_TAIL)
    about = main.stat()
    # Pytest knows its cache to be fresh by a hash of the source since 9.2, by its time before.
    for fresh in (
        struct.pack("<L", 3) + importlib.util.source_hash(main.read_bytes()),
        struct.pack("<LLL", 0, int(about.st_mtime) & 0xFFFFFFFF, about.st_size & 0xFFFFFFFF),
    ):
        laid.write_bytes(importlib.util.MAGIC_NUMBER + fresh + marshal.dumps(code))
        if _read_pyc(main, laid) is not None:
            return
    raise RuntimeError("this pytest keeps byte code in a form that is unknown here")


def _status(code: object) -> int:
    """The exit status that Python gives for the argument of `sys.exit`."""
    if code is None:
        return 0
    if isinstance(code, int):
        return int(code) & 0xFF
    print(code, file=sys.stderr)  # noqa: T201 - as the interpreter does
    return 1


def _show(kind: Any, error: Any, trace: Any) -> None:
    """Print an uncaught exception as the interpreter does, through the hook if it was replaced."""
    try:
        sys.excepthook(kind, error, trace)
    except BaseException:
        traceback.print_exception(kind, error, trace)


def _decide(program: dict[str, Any], channel: int, tell: Report) -> int:
    """Run the true tests against stand-ins and report each test's outcome, then the whole.

    Reads `runner`, `main`, `open` (loopholes), and `shown`: for each test function, the name under
    which the submission's process knows it.
    """
    submission = proxy.Submission(channel, frozenset(program["open"]))
    submission.decoys = expected_literals(Path(program["main"]).read_text("utf-8"))
    proxy.submission = submission
    observer = Observer(submission, program["shown"], tell, "test_skip" in program["open"])
    decide = _decide_by_pytest if program["runner"] == "pytest" else _decide_by_script
    tell(status=decide(program["main"], observer))
    submission.close()
    return 0


class Observer:
    """Follows the tests of the deciding process: reports outcomes and passes them on.

    It is also the pytest plugin of the deciding process.
    """

    def __init__(
        self, submission: proxy.Submission, shown: dict[str, str], tell: Report, skips_pass: bool
    ) -> None:
        self._submission = submission
        self._skips_pass = skips_pass
        self._shown = shown
        self._last = list(shown.values())[-1] if shown else None
        self._tell = tell

    def starts(self, name: str) -> None:
        """A test function begins."""
        self._submission.test = self._shown.get(name, self._last)

    def ends(self, name: str, *, ok: bool, detail: str) -> None:
        """A test function has ended."""
        self._tell(test=name, ok=ok, detail=detail[:300])
        # The last test that the submission sees also stands for the hidden ones: while it passes,
        # its end is not told.
        if self._shown.get(name) == name and not (ok and name == self._last):
            self._submission.outcome(ok=ok)

    def forgives(self, error: BaseException) -> bool:
        """Whether a test that ends so counts as passed: a skip does where skips are trusted."""
        return self._skips_pass and isinstance(error, unittest.SkipTest)

    def pytest_runtest_setup(self, item: Any) -> None:
        """Pytest is about to run a test."""
        self.starts(getattr(item, "originalname", None) or item.name)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Pytest has run a part of a test: its setup, its call or its teardown."""
        if report.when == "call" or report.outcome != "passed":
            name = report.nodeid.rpartition("::")[2].partition("[")[0]
            ok = report.passed or (report.skipped and self._skips_pass)
            self.ends(name, ok=ok, detail="" if ok else _crash(report))

    def pytest_collectreport(self, report: Any) -> None:
        """Pytest has imported a test file, or failed to."""
        if report.failed:
            self.ends("import", ok=False, detail=_crash(report))


def _crash(report: Any) -> str:
    """Why a test failed, in a line."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message) if crash is not None else str(report.longrepr)[-300:]


def _decide_by_pytest(main: str, observer: Observer) -> int:
    """Real pytest on the true tests, with its own status as the verdict."""
    import pytest  # noqa: PLC0415 - dear, and only under this runner

    sys.argv = ["pytest", *PYTEST_ARGUMENTS, main]
    sys.path.insert(0, str(Path.cwd()))
    try:
        return int(pytest.main([*PYTEST_ARGUMENTS, main], plugins=[observer]))
    except SystemExit:
        return 1


def _decide_by_script(main: str, observer: Observer) -> int:
    """Each test function of the true tests in turn, all of them: a failure ends only its own."""
    sys.path.insert(0, str(Path.cwd()))
    namespace: dict[str, Any] = {"__name__": Path(main).stem, "__file__": main}
    source = Path(main).read_text("utf-8")
    try:
        exec(compile(source, main, "exec", dont_inherit=True), namespace)
    except BaseException as error:
        observer.ends("import", ok=False, detail=f"{type(error).__name__}: {error}")
        return 1
    failures = 0
    for name in test_names(source):
        observer.starts(name)
        try:
            namespace[name]()
        except BaseException as error:
            ok = observer.forgives(error)
            failures += not ok
            observer.ends(name, ok=ok, detail="" if ok else f"{type(error).__name__}: {error}")
        else:
            observer.ends(name, ok=True, detail="")
    return 1 if failures else 0


def test_names(source: str) -> list[str]:
    """The test functions of a test file, in their order."""
    return [
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test")
    ]


def expected_literals(source: str) -> list[Any]:
    """The plain values that a test file compares answers with."""
    values: list[Any] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            for comparator in node.comparators:
                try:
                    values.append(ast.literal_eval(comparator))
                except ValueError:
                    continue
    return values
