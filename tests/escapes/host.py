"""What an attack must leave as it is: the state of the host, as far as a box could change it."""

from __future__ import annotations

import contextlib
import ctypes
import fnmatch
import importlib.util
import os
import re
import resource
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import hackgym_guest

_FOLDERS = {"/tmp", "/var/tmp", "/dev/shm", "/", "/root", tempfile.gettempdir(), str(Path.cwd())}
_ENGINES = ("dockerd", "containerd", "runc", "crun", "runsc", "exe")
_OF_BOXES = re.compile(r"(?m)^.* - \S+ (?:root|work|scratch|mask|proc|none) .*$")
"""Mounts as boxes and attacks make them: others come and go."""

_PACKAGES = [Path(file).parent for file in (re.__file__, pytest.__file__)]
_FILES = (
    *("/etc/passwd", "/bin/sh", "/etc/ld.so.cache", os.path.realpath(sys.executable)),
    *(
        pytest.__file__,
        re.__file__,
        importlib.util.cache_from_source(re.__file__),
        hackgym_guest.__file__,
        os.__file__,
    ),
)


def _groups(process: int) -> Iterator[str]:
    """A process's control groups; those of others may go while they are looked through."""
    for folder, names, _ in os.walk("/sys/fs/cgroup"):
        yield from (f"{folder}/{n}" for n in fnmatch.filter(names, f"hackgym-*-{process}-*"))


def state(mark: str) -> dict[str, Any]:
    """All of it by name; two states are equal when nothing has happened.

    `mark`: what attacks put into the names of what they try to leave.
    """
    me, family = os.getpid(), sorted(filter(_is_ours, _descendants(os.getpid())))
    return {
        "marked processes": sorted(_marked(mark)),
        "our processes": family,
        "their descriptors": {each: _descriptors(each) for each in family},
        "their mounts": {each: _read(f"/proc/{each}/mountinfo") for each in family},
        "processes of their users": sorted(_strangers(family)),
        "our descriptors": _descriptors(me),
        "our mounts": _OF_BOXES.findall(_read("/proc/self/mountinfo")),
        "our groups": sorted(_groups(me)),
        "System V": [_read(f"/proc/sysvipc/{kind}") for kind in ("shm", "sem", "msg")],
        "keys": [line for line in _read("/proc/keys").splitlines() if mark in line],
        "sockets": [line for line in _read("/proc/net/unix").splitlines() if mark in line],
        "queue": ctypes.CDLL(None).mq_open(f"/{mark}".encode(), os.O_RDONLY),
        "files": [name for folder in _FOLDERS for name in _names(folder) if mark in name],
        "packages": {str(each): _names(each) for each in _PACKAGES},
        "contents": {path: _about(path) for path in _FILES},
        "this process": _self(),
        "clock": round((time.time() - time.monotonic()) / 10),
    }


def _marked(mark: str) -> Iterator[int]:
    for process in _numbers("/proc"):
        if mark in _read(f"/proc/{process}/comm") + _read(f"/proc/{process}/cmdline"):
            yield process


def _descendants(process: int) -> set[int]:
    found = set()
    for thread in _numbers(f"/proc/{process}/task"):
        for child in _read(f"/proc/{process}/task/{thread}/children").split():
            found |= {int(child)} | _descendants(int(child))
    return found


def _strangers(family: list[int]) -> Iterator[int]:
    """Processes of the users that only our slots have, which are none of our slots' processes."""
    users = set()
    for process in family:
        for line in _read(f"/proc/{process}/uid_map").splitlines():
            _, first, count = map(int, line.split())
            if first >= 1 << 30 and count < 1 << 16:
                users |= set(range(first, first + count))
    for process in set(_numbers("/proc")) - set(family) if users else ():
        with contextlib.suppress(OSError):
            if Path(f"/proc/{process}").stat().st_uid in users:
                yield process


def _is_ours(process: int) -> bool:
    """Whether it is no part of an engine, which opens and starts what it likes."""
    return not _read(f"/proc/{process}/comm").startswith(_ENGINES)


def _descriptors(process: int) -> list[str]:
    """What a process has open, in words that stay the same."""
    found = []
    for number in _numbers(f"/proc/{process}/fd"):
        with contextlib.suppress(OSError):
            target = str(Path(f"/proc/{process}/fd/{number}").readlink())
            if not target.startswith(f"/proc/{process}/fd"):
                found.append(f"{number} {target}")
    return sorted(found)


def _self() -> list[Any]:
    limits = [resource.getrlimit(each) for each in range(16)]
    tracer = re.findall(r"TracerPid:\s*(\d+)", _read("/proc/self/status"))
    scheduling = [os.getpriority(os.PRIO_PROCESS, 0), sorted(os.sched_getaffinity(0))]
    return [limits, tracer, scheduling, socket.gethostname(), _read("/proc/self/oom_score_adj")]


def _about(path: str) -> list[int]:
    about = Path(path).stat()
    return [about.st_ino, about.st_mode, about.st_size, about.st_mtime_ns, about.st_nlink]


def _numbers(folder: str) -> list[int]:
    return [int(name) for name in _names(folder) if name.isdigit()]


def _names(folder: str | Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - a folder can have very many
    except OSError:
        return []


def _read(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
