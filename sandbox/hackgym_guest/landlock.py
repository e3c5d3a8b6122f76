"""Landlock: a process gives up files, signals and sockets for itself and for all that it starts.

It needs no privilege but PR_SET_NO_NEW_PRIVS, and Linux 5.13 or newer. What a kernel can keep from
a process has grown from version to version (`version`); each is used as far as it goes.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Mapping

from hackgym_guest import linux

RENAMES, TCP, SCOPES, QUIET = 2, 4, 6, 7
"""The first versions that let files change folders, know of TCP, scope, and can keep silent."""

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, the same on all machines
_ASK_VERSION = 1
_RULE_OF_A_PATH = 1
_SILENTLY = 1 << 0  # what is refused to a box is no news for the machine's log

_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REFER, _TRUNCATE, _DEVICE_CALL = 1 << 13, 1 << 14, 1 << 15
_TO_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE_CALL
_MAKE_DEVICES = 1 << 6 | 1 << 11

LIST = _LIST
"""To see the names in a folder and in those below it."""
LOOK = _EXECUTE | _READ | _LIST
"""To read, list and execute all that is there."""
CHANGE = 0xFFFF & ~_MAKE_DEVICES
"""Also to write, make, move and remove it, but for devices."""

_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights there are, by version; later ones have as many as the last."""

_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("path", ctypes.c_int32))


def version() -> int:
    """What this kernel's Landlock can do, as a number that grows; 0 where there is none."""
    try:
        return linux.call(_CREATE, None, 0, _ASK_VERSION)
    except OSError:
        return 0


def restrict(rights: Mapping[str, int], *, tcp: bool = True) -> None:
    """Leave this process only some files and folders, and its own processes to signal.

    Args:
        rights: LIST, LOOK or CHANGE by path; what is given for a folder holds below it too.
        tcp: whether it may listen and connect by TCP.

    From SCOPES on it also reaches only its own processes by signals and by abstract sockets.
    Raises OSError where there is no Landlock.
    """
    known = version()
    files = (1 << _FILE_RIGHTS[min(max(known, 1), max(_FILE_RIGHTS))]) - 1
    net = _BIND_AND_CONNECT if known >= TCP and not tcp else 0
    scoped = _ABSTRACT_SOCKETS_AND_SIGNALS if known >= SCOPES else 0
    _restrict(_Ruleset(files, net, scoped), {path: files & given for path, given in rights.items()})


def enclose() -> None:
    """Leave this process only its own processes to signal; those of an outer one may signal it.

    Raises OSError before SCOPES.
    """
    # Whoever restricts anything also keeps files from changing folders, unless they say otherwise.
    _restrict(_Ruleset(_REFER, 0, _ABSTRACT_SOCKETS_AND_SIGNALS), {"/": _REFER})


def _restrict(what: _Ruleset, rights: Mapping[str, int]) -> None:
    ruleset = linux.call(_CREATE, what, ctypes.sizeof(_Ruleset), 0)
    try:
        for path, given in rights.items():
            _allow(ruleset, path, given)
        linux.call(_RESTRICT, ruleset, _SILENTLY if version() >= QUIET else 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    file = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(file).st_mode):
            rights &= _TO_FILES
        linux.call(_ADD, ruleset, _RULE_OF_A_PATH, _PathRule(rights, file), 0)
    finally:
        os.close(file)
