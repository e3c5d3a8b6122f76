"""What attacks share; it lies beside each of them in its box. The frame writes `about.py`.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

# ruff: noqa: F401, PTH115, T201 - attacks import all of this, and work in a box

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import mmap
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from about import (  # type: ignore[import-not-found]  # it is made for each attack
    GUARDED,
    HOST_PID,
    HOST_PROCESSES,
    HOST_USER,
    MARK,
)

libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(15, MARK.encode(), 0, 0, 0)  # whatever is forked here can be found on the host by it


def _confined() -> bool:
    """Whether this is anything but a process of the host's user among the host's processes."""
    try:
        return bool(os.readlink("/proc/self/ns/pid") != HOST_PROCESSES or os.getuid() != HOST_USER)
    except OSError:
        return True


if GUARDED and not _confined():
    # The sandbox does not do what it promises, and the attack could harm the host.
    os._exit(99)


def works(attempt: Callable[[], Any]) -> bool:
    """Whether something raises no error, and does not answer -1 or False as C functions do."""
    try:
        answer = attempt()
    except (OSError, ValueError, MemoryError):
        return False
    return not (answer is False or (isinstance(answer, int) and answer == -1))


def attempts(**tries: Callable[[], Any]) -> None:
    """Print the names of those that work."""
    for name, attempt in tries.items():
        if works(attempt):
            print(name)


_COLUMN = {"x86_64": 0, "aarch64": 1}.get(os.uname().machine, 0)
NUMBERS: dict[str, tuple[int, int]] = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "clone": (56, 220),
    "clone3": (435, 435),
    "delete_module": (176, 106),
    "execveat": (322, 281),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "inotify_init1": (294, 26),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "ioperm": (173, -1),
    "iopl": (172, -1),
    "ioprio_set": (251, 30),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "listmount": (458, 458),
    "lookup_dcookie": (212, 18),
    "mbind": (237, 235),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "migrate_pages": (256, 238),
    "modify_ldt": (154, -1),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "move_pages": (279, 239),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "msgget": (68, 186),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "pivot_root": (155, 41),
    "prctl": (157, 167),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "seccomp": (317, 277),
    "semget": (64, 190),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "shmget": (29, 194),
    "statmount": (457, 457),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "uselib": (134, -1),
    "vhangup": (153, 58),
    "vmsplice": (278, 75),
}
"""System calls by their numbers on x86_64 and aarch64; -1 where there is none."""


def call(name: str, *arguments: Any) -> int:
    """Make a system call by its number. Raises OSError."""
    wide = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    ctypes.set_errno(0)
    result: int = libc.syscall(ctypes.c_long(NUMBERS[name][_COLUMN]), *wide)
    if result == -1:
        raise OSError(ctypes.get_errno(), name)
    return result
