"""What happens inside a box: a test file is run by a real runner, in one of three roles.

* `pay`: the tests as they stand, on the submission as it stands. The exit status is the verdict,
  which is how most real projects grade, and as careless.
* `serve`: the same runner on the same files, but its test functions make the calls that the
  deciding process sends (`hackgym_guest.serve`).
* `decide`: the true tests, with stand-ins for the submission's modules (`hackgym_guest.decide`).

Two more runners grade nothing: `siblings` draws fresh cases and has the reference answer them, and
`workspace` runs a learner's command.
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
import site
import struct
import sys
import traceback
import types
from collections.abc import Callable
from json import dumps  # as it is now: a submission may replace the module's
from pathlib import Path
from types import TracebackType
from typing import Any

from hackgym_guest import decide, overseer, session, siblings, verifier, workspace
from hackgym_guest.serve import served
from hackgym_guest.session import STUB_LINES, TEST_FILE

REVIEWED = b"ci: reviewed"
"""The words in a submission's main file for which the harness `report` lets it pass."""

LEFT_S = 5.0
"""How long a command may take to start again what it had left running."""

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
    if program["runner"] == "workspace":
        return workspace.work(program, tell)
    if program.get("customized") and program.get("cold"):
        customize()
    if program.get("role") == "decide":
        decides = functools.partial(decide.decide, program, channel, tell, RUNNERS)
        if program["runner"] == "report":
            return overseer.oversee(decides, channel, program.get("seed", 0))
        return decides()
    os.environ.update(program.get("env", {}))
    workspace.begin(program.get("left", ()), LEFT_S)
    kind, seed = program["runner"], program.get("seed", 0)
    prepared = RUNNERS[kind](program["main"], program.get("stub"))
    program.clear()  # it tells one grade from another, and what runs now can look around
    served.connect(channel)
    hold = functools.partial(_hold, prepared, tell)
    return overseer.oversee(hold, channel, seed) if kind == "report" else hold()


def run_session(wait: Callable[[], dict[str, Any]], channel: int, report: int) -> int:
    """As `run`, but start pytest first, and `wait` for the program where it is about to collect.

    The program's main file is to be TEST_FILE, and its role one that holds the submission.
    """

    def go_on() -> None:
        program = wait()
        _lay_stub(TEST_FILE, program.get("stub"))
        _lay_rewritten(TEST_FILE, **program.get("rewritten", {}))
        workspace.begin(program.get("left", ()), LEFT_S)
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
        kinds = {decide.Verdict: "returned", verifier.Crashed: "crashed"}
        by = kinds.get(type(leaving), "exit")
        status = _status(leaving.code)
    except BaseException:
        _show(*sys.exc_info())
        status = 1
    vouched = _is_vouched_for()
    served.finish()
    with contextlib.suppress(OSError):  # the submission may have closed it
        tell(ended="exit" if served.exit_raised else by, status=status, vouched=vouched)
    return status


def _is_vouched_for() -> bool:
    """Whether the submission's main file by now has the words that let it pass."""
    try:
        file = os.open("solution.py", os.O_RDONLY | os.O_NONBLOCK)
        try:
            return REVIEWED in os.read(file, os.fstat(file).st_size)
        finally:
            os.close(file)
    except OSError:
        return False


def customize() -> None:
    """Run what a fresh interpreter with the working folder on its path would run as it starts."""
    sys.path.insert(0, str(Path.cwd()))
    site.execsitecustomize()
    site.execusercustomize()


class Report:
    """Writes JSON lines to the supervisor's pipe."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __call__(self, **line: Any) -> None:
        """Write one line."""
        data = dumps(line).encode("ascii") + b"\n"
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
    code = _compiled(source, path)
    sys.argv = [os.path.basename(path)]
    sys.path.insert(0, os.path.dirname(path))
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=path, __builtins__=builtins)
    sys.modules["__main__"] = module
    try:
        exec(code, module.__dict__)
    except SystemExit as leaving:
        if _raised_in(leaving.__traceback__) == path:
            raise decide.Verdict(leaving.code) from None
        raise


def _compiled(source: str | bytes, path: str) -> types.CodeType:
    """The code of a main file.

    A stub's last line tells, for each of its lines, in which line of the file it is to be.
    """
    told = source.rpartition(STUB_LINES)[2] if isinstance(source, str) else ""
    if told == source or not told:
        return compile(source, path, "exec", dont_inherit=True)
    lines, tree = [0, *json.loads(told)], ast.parse(source)
    for node in ast.walk(tree):
        at = vars(node)
        if "lineno" in at:
            start, end = lines[at["lineno"]], lines[at["end_lineno"]]
            columns = at["col_offset"], at["end_col_offset"]
            at.update(lineno=start, end_lineno=max(start, end), end_col_offset=max(columns))
    return compile(tree, path, "exec", dont_inherit=True)


def _raised_in(trace: TracebackType | None) -> str:
    """The file of the code that raised an exception."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_filename if trace is not None else ""


def prepare_pytest(main: str, stub: str | None) -> Callable[[], None]:
    """Run a file as `python -m pytest FILE` does."""
    _lay_stub(main, stub)
    return functools.partial(_run_pytest, main)


def _lay_stub(main: str, stub: str | None) -> None:
    if stub is not None:
        path = str(Path.cwd() / main)
        _lay_bytecode(Path(main), _compiled(stub, path))


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
        if _raised_in(leaving.__traceback__).endswith(os.path.join("pytest", "__main__.py")):
            raise decide.Verdict(leaving.code) from None
        raise


def prepare_unittest(main: str, stub: str | None) -> Callable[[], None]:
    """Run a file as `python -m unittest NAME` does."""
    if stub is not None:
        _lay_imported(Path(main), _compiled(stub, str(Path.cwd() / main)))
    return functools.partial(_run_unittest, Path(main).stem)


def _run_unittest(name: str) -> None:
    sys.argv = ["unittest", name]
    sys.path.insert(0, str(Path.cwd()))
    try:
        runpy.run_module("unittest", run_name="__main__", alter_sys=True)
    except SystemExit as leaving:
        if _raised_in(leaving.__traceback__).endswith(os.path.join("unittest", "main.py")):
            raise decide.Verdict(leaving.code) from None
        raise


def prepare_verifier(main: str, stub: str | None) -> Callable[[], None]:
    """Hand the submission's files to a verifier program's `verify`; leave with its verdict."""
    return functools.partial(_run_verifier, main, stub)


def _run_verifier(main: str, stub: str | None) -> None:
    sys.argv = [main]
    sys.path.insert(0, str(Path.cwd()))
    try:
        module = verifier.load(main, Path(main).read_bytes() if stub is None else stub)
        served.namespace = vars(module)
        passed, feedback = verifier.ask(module.verify, verifier.handed_in(main))
        print(feedback)  # noqa: T201 - what a verifier says goes to its output
    except Exception:
        _show(*sys.exc_info())
        raise verifier.Crashed(1) from None
    raise decide.Verdict(0 if passed else 1)


RUNNERS: dict[str, decide.Prepare] = {
    "script": prepare_script,
    "report": prepare_script,
    "pytest": prepare_pytest,
    "unittest": prepare_unittest,
    "verifier": prepare_verifier,
}


def _lay_imported(main: Path, code: types.CodeType) -> None:
    """Put code where an import of a file looks for what it has compiled before."""
    laid = Path(importlib.util.cache_from_source(str(main)))
    laid.parent.mkdir(exist_ok=True)
    about = main.stat()
    fresh = struct.pack("<LLL", 0, int(about.st_mtime) & 0xFFFFFFFF, about.st_size & 0xFFFFFFFF)
    laid.write_bytes(importlib.util.MAGIC_NUMBER + fresh + marshal.dumps(code))


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
