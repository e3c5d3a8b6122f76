"""What a box without namespaces leaves behind: ends its processes and removes its files.

The processes may fork all the while, and are killed in one system call: those of a user of their
own, or those within what Landlock encloses. The files may lie as deep as they like and lead
anywhere: nothing here follows a link or recurses.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import signal
import stat
from collections.abc import Callable
from functools import partial

from hackgym_guest import linux

SHARED = ("/tmp", "/var/tmp", "/dev/shm")
"""Folders where every user can leave something."""


def kill_user(uid: int, warden: int) -> None:
    """Kill every process of a user at once.

    `warden`: a user without any process, for this one alone. What kills is theirs in all but the
    effect, so that nobody can signal it in turn. Needs the right to become them. Raises OSError.
    """

    def kill() -> None:
        os.setresuid(warden, uid, warden)
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)

    _apart(kill)


def kill_enclosed() -> None:
    """Kill every process that this one may signal. Only after `landlock.enclose`."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)


def _processes() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def count(uid: int) -> int:
    """How many threads a user has now, as a limit on processes counts them."""
    threads = 0
    for process in _processes():
        with contextlib.suppress(OSError), open(f"/proc/{process}/status", "rb") as file:
            fields = dict(line.split(b":", 1) for line in file.read().splitlines())
            if int(fields[b"Uid"].split()[0]) == uid:
                threads += int(fields[b"Threads"])
    return threads


def empty(folder: str) -> None:
    """Remove all that is in a folder of this process's user."""
    names = map(f"{secrets.token_hex(8)}-{{}}".format, itertools.count())
    os.chmod(folder, 0o700)
    top = _open(folder)
    try:
        _clear(top, top, names.__next__)
        while folders := os.listdir(top):
            for name in folders:
                inner = _open(name, top)
                try:
                    _clear(inner, top, names.__next__)
                finally:
                    os.close(inner)
                os.rmdir(name, dir_fd=top)
    finally:
        os.close(top)


def _open(folder: str, within: int | None = None) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=within)


def _clear(folder: int, top: int, fresh: Callable[[], str]) -> None:
    """Remove the files of a folder, and move its folders to the top under fresh names."""
    for name in os.listdir(folder):
        try:
            os.unlink(name, dir_fd=folder)
        except IsADirectoryError:
            os.chmod(name, 0o700, dir_fd=folder)  # what is closed can be neither moved nor opened
            os.rename(name, fresh(), src_dir_fd=folder, dst_dir_fd=top)


def empty_as(uid: int, folder: str) -> None:
    """Remove, as a user, all that is in a folder of theirs. Raises OSError."""
    _apart(partial(_become_and, uid, partial(empty, folder)))


def sweep_as(uid: int) -> None:
    """Remove, as a user, what is theirs in the folders that every user can write to."""
    _apart(partial(_become_and, uid, partial(_sweep, uid)))


def _become_and(uid: int, work: Callable[[], None]) -> None:
    linux.become(uid)
    work()


def _sweep(uid: int) -> None:
    for folder in SHARED:
        for name in os.listdir(folder) if os.path.isdir(folder) else []:
            path = f"{folder}/{name}"
            with contextlib.suppress(OSError):
                about = os.lstat(path)
                if about.st_uid != uid:
                    continue
                if stat.S_ISDIR(about.st_mode):
                    empty(path)
                    os.rmdir(path)
                else:
                    os.unlink(path)


def _apart(work: Callable[[], None]) -> None:
    """Do some work in a child. Raises OSError when it fails."""
    child = os.fork()
    if not child:
        with contextlib.suppress(OSError):
            work()
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    if status:
        raise OSError(f"what a box has left cannot be cleared away: status {status}")
