"""Where a box stands in the sandbox `process`: beside everything else, in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hackgym_guest import linux, remains

_PREFIX = "hackgym-box-"


class Plain:
    """Puts boxes into process groups and folders of their own, and nothing more."""

    def __init__(self, _plan: Mapping[str, Any]) -> None:
        self._folder = ""
        _sweep()

    def pose(self) -> bool:
        """In the zygote: not possible, because boxes have folders of different names."""
        return False

    def unpose(self) -> None:
        """In the zygote: there is nothing to undo."""

    def fork(self) -> int:
        """Fork a supervisor."""
        return os.fork()

    def enter(self, _index: int, _limits: Mapping[str, Any]) -> str:
        """In a supervisor: make the box's working folder."""
        if sys.platform == "linux":
            linux.die_with_parent()
            linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
        self._folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
        return self._folder

    def volunteer(self) -> None:
        """In a box: it is like any process of its user."""

    def drop(self, _index: int) -> None:
        """In a box: there is nothing to give up."""

    def seal(self, _limits: Mapping[str, Any]) -> None:
        """In a box: there is nothing to close."""

    def kill(self, box: int) -> None:
        """In a supervisor: kill the box's group and whatever else has come to descend from it."""
        for end, process in [(os.killpg, box), *((os.kill, child) for child in _children())]:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                end(process, signal.SIGKILL)

    def leave(self) -> None:
        """In a supervisor: remove the working folder."""
        _remove(self._folder)


def _sweep() -> None:
    """Remove the working folders of supervisors that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        with contextlib.suppress(FileNotFoundError):  # another has been faster
            about = folder.lstat()
            ours = stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid()
            if ours and owner.isdecimal() and not _lives(int(owner)):
                _remove(str(folder))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _remove(folder: str) -> None:
    with contextlib.suppress(OSError):
        remains.empty(folder)  # which may be deeper than `rmtree` can go
    shutil.rmtree(folder, ignore_errors=True)


def _children() -> list[int]:
    """This process's children, where the system lists them."""
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii")
    except FileNotFoundError:
        return []
    return [int(child) for child in listed.split()]
