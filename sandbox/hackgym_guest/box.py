"""The first process of a box: settles in, gives up what it has, and runs the box's program."""

from __future__ import annotations

import atexit
import fcntl
import os
import signal
import site
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from hackgym_guest import frames, limits, linux
from hackgym_guest.notice import graders, notes

if TYPE_CHECKING:
    from hackgym_guest.supervisor import Place

STARTED = b"+"
"""What the supervisor is told when nothing of ours can go wrong in the box any more."""

CHANNEL, REPORT, START = 3, 4, 5
"""Descriptors of a box beyond the standard ones. The last is closed before the program starts."""

ADOPTING = ("report", "workspace")
"""Runners that look for processes that were left behind."""

FLUSH_FAILED = 120
"""The exit status that Python takes when it cannot write its output at the end."""


def be_fresh() -> None:
    """Make this process what an interpreter is after its start; it was started without `site`."""
    # The host may ignore and block signals; a box gets them as from a shell.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in signal.valid_signals() - {signal.SIGPIPE, signal.SIGXFSZ}:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    sys.argv = [""]
    # `site` itself would run the code that packages install in it.
    site.setquit()
    site.setcopyright()
    site.sethelper()


def settle(
    place: Place,
    index: int,
    plan: dict[str, Any],
    data: bytes,
    folder: str,
    descriptors: Sequence[int],
) -> dict[str, Any]:
    """Make this process the first of a box, with its files in `folder`; its program is returned.

    `descriptors`: stdout, stderr, the channel, the report and the start note. Ends the process
    where something goes wrong.
    """
    note = descriptors[-1]
    try:
        place.volunteer()
        _arrange(descriptors)
        note = START
        _settle(place, index, plan, data, folder)
        notes.begin(REPORT, graders(plan["program"]))
    except BaseException as error:
        os.write(note, f"{type(error).__name__}: {error}".encode()[:1000])
        os._exit(1)
    os.write(START, STARTED)
    os.close(START)
    program: dict[str, Any] = plan["program"]
    return program


def run(work: Callable[[], int]) -> NoReturn:
    """Do some work, and end this process with the status that it returns, as Python would."""
    leave = os._exit  # what runs in between can exchange the one in the module
    status = 1
    try:
        status = _status(work)
        status = _finish(status)
    finally:
        leave(status & 0xFF)


def _arrange(descriptors: Sequence[int]) -> None:
    """Put descriptors where the program expects them, and close all others."""
    signal.set_wakeup_fd(-1)
    sources = [os.open(os.devnull, os.O_RDONLY), *descriptors]
    # First out of the way, so that none is overwritten before its turn.
    lifted = [fcntl.fcntl(source, fcntl.F_DUPFD, 16) for source in sources]
    for target, source in enumerate(lifted):
        os.dup2(source, target, inheritable=target < CHANNEL)
    os.closerange(START + 1, os.sysconf("SC_OPEN_MAX"))


def _settle(place: Place, index: int, plan: dict[str, Any], data: bytes, folder: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    os.chdir(folder)
    place.drop(index)
    if sys.platform == "linux":
        linux.die_with_parent()
        if plan["program"].get("runner") in ADOPTING:
            linux.adopt_orphans()  # while it may
    _lay(plan["files"], data)
    if "random" in sys.modules:
        sys.modules["random"].seed(plan["program"].get("seed", 0))
    limits.apply(plan["limits"])
    place.seal(plan["limits"])


def _lay(files: Sequence[tuple[str, int, bool]], data: bytes) -> None:
    """Write files, whose contents follow one another in `data`, into the working folder."""
    at = 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    for path, size, executable in files:
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"the path {path!r} leaves the working folder")
        if folder := os.path.dirname(path):
            os.makedirs(folder, exist_ok=True)
        file = os.open(path, flags, 0o755 if executable else 0o644)
        frames.write(file, data[at : at + size])
        os.close(file)
        at += size


def _status(work: Callable[[], int]) -> int:
    """Do the work; its exit status as Python would give it."""
    try:
        return work()
    except BaseException:
        traceback.print_exc()
        return 1


def _finish(status: int) -> int:
    """End as the interpreter does: wait for threads, call what waits for the end, flush."""
    # As the interpreter, by what the program has come to know under that name.
    threading: Any = sys.modules.get("threading")
    for step in (getattr(threading, "_shutdown", None), atexit._run_exitfuncs):
        try:
            if step is not None:
                step()
        except BaseException:
            traceback.print_exc()
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except BaseException:
            status = FLUSH_FAILED
    return status
