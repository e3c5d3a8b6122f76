"""The first process of a box: settles in, gives up what it has, and runs the box's program."""

from __future__ import annotations

import atexit
import fcntl
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from hackgym_guest import frames, limits, linux, runner

if TYPE_CHECKING:
    from hackgym_guest.supervisor import Place

STARTED = b"+"
"""What the supervisor is told when nothing of ours can go wrong in the box any more."""

CHANNEL, REPORT, START = 3, 4, 5
"""Descriptors of a box beyond the standard ones. The last is closed before the program starts."""

FLUSH_FAILED = 120
"""The exit status that Python takes when it cannot write its output at the end."""


def run(
    place: Place,
    index: int,
    plan: dict[str, Any],
    data: bytes,
    folder: str,
    descriptors: Sequence[int],
) -> NoReturn:
    """Run the plan's program with its files in `folder`. Ends this process.

    `descriptors`: stdout, stderr, the channel, the report and the start note.
    """
    leave = os._exit  # what runs in between can exchange the one in the module
    note = descriptors[-1]
    try:
        _arrange(descriptors)
        note = START
        _settle(place, index, plan, data, folder)
    except BaseException as error:
        os.write(note, f"{type(error).__name__}: {error}".encode()[:1000])
        leave(1)
    del plan["files"], data
    os.write(START, STARTED)
    os.close(START)
    status = 1
    try:
        status = _status(plan["program"])
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


def _status(program: dict[str, Any]) -> int:
    """Run the program; its exit status as Python would give it."""
    try:
        return runner.run(program, CHANNEL, REPORT)
    except BaseException:
        traceback.print_exc()
        return 1


def _finish(status: int) -> int:
    """End as the interpreter does: wait for threads, call what waits for the end, flush."""
    for step in (threading._shutdown, atexit._run_exitfuncs):  # type: ignore[attr-defined]  # no stubs
        try:
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
