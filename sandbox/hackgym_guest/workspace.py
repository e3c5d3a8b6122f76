"""One command in a learner's folder: what it prints, and what it leaves there.

The first process of the box runs the command in a shell and then reads the folder. What it tells
could have been forged by the command, which runs as the same user; nothing is won by that, because
the folder is the learner's own to change.
"""

from __future__ import annotations

import hashlib
import os
import signal
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

MAX_FILE = 1 << 20
"""How large a file may be, in bytes, to be handed in."""

MAX_TOLD = 400
"""How many changes are told."""

NOT_READ = frozenset({".git", "__pycache__", ".pytest_cache"})
"""Folders that are no part of what a learner hands in."""

TIMED_OUT = 124
"""The exit status of a command that ran out of time, as that of `timeout`."""


class Ended(NamedTuple):
    """What became of a command."""

    status: int
    output: bytes
    """The first part of what it printed, on stdout and stderr."""
    size: int
    """How many bytes it printed in all."""


def work(program: Mapping[str, Any], tell: Callable[..., None]) -> int:
    """Run a command in the current folder, and tell what came of it.

    Args:
        program: `command`, for a shell; `left`, the earlier commands whose processes are to be
            running; `limit_s` of each command; `shown`, how many bytes of output are told; and
            `env`, more environment variables.
        tell: writes a line of the report: one for each file that was changed or deleted, and a last
            one with the command's `status` and `output`.

    Returns:
        The exit status of the box's first process.
    """
    os.environ.update(program["env"])
    begin(program["left"], program["limit_s"])
    before, running = dict(_files(".")), _children()
    ended = _run(program["command"], program["limit_s"], program["shown"])
    left = bool(_children() - running)
    after = dict(_files("."))
    changed = [path for path in after | before if after.get(path) != before.get(path)]
    for path in changed[:MAX_TOLD]:
        tell(path=path, text=_text(path), deleted=path not in after)
    tell(
        status=ended.status,
        output=ended.output.decode("utf-8", "replace"),
        size=ended.size,
        left=left,
        untold=max(0, len(changed) - MAX_TOLD),
    )
    return 0


def begin(commands: Sequence[str], limit_s: float) -> None:
    """Run commands for the processes that they leave running."""
    for command in commands:
        _run(command, limit_s, 0)


def _run(command: str, limit_s: float, shown: int) -> Ended:
    """Run a command to the end of its shell; what it leaves running goes on."""
    import subprocess  # noqa: PLC0415 - a submission may have a module of that name
    import tempfile  # noqa: PLC0415 - as above

    # A file takes what a process left behind still prints; a pipe would end it.
    with tempfile.TemporaryFile() as output:
        shell = subprocess.Popen(
            ["/bin/sh", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            status = shell.wait(limit_s)
        except subprocess.TimeoutExpired:
            os.killpg(shell.pid, signal.SIGKILL)
            shell.wait()
            status = TIMED_OUT
        size = os.fstat(output.fileno()).st_size
        return Ended(status & 0xFF, os.pread(output.fileno(), shown, 0), size)


def _children() -> set[int]:
    """The living children of this process, which adopts what a shell leaves behind."""
    found = set()
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        about = _read(f"/proc/{name}/stat") if name.isdigit() else None
        if about is not None:
            state, parent = about.rpartition(b")")[2].split()[:2]
            if int(parent) == os.getpid() and state != b"Z":
                found.add(int(name))
    return found


def _files(folder: str) -> Iterator[tuple[str, str]]:
    """The files below a folder: path and digest. What is no regular file has an empty digest."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = entry.name if folder == "." else f"{folder}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            data = _read(path)
            yield path, "" if data is None else hashlib.sha256(data).hexdigest()
        elif entry.name not in NOT_READ:
            yield from _files(path)


def _read(path: str) -> bytes | None:
    """A regular file's bytes; None where there is none, or it is too large."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            return None
        data = os.read(file, MAX_FILE + 1)
        return data if len(data) <= MAX_FILE else None
    except OSError:
        return None
    finally:
        os.close(file)


def _text(path: str) -> str | None:
    data = _read(path)
    try:
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError:
        return None
