"""The system call filter of a box, as a BPF program: a list of what is allowed.

The list (`syscalls.KNOWN`) leaves out the ways out of the box (mounts, namespaces, other processes'
memory), the parts of the kernel that no test needs and that are often broken into, and whatever
would outlive the box or reach another one in spite of its namespaces: key rings, System V memory,
VM sockets, watches and locks on files that boxes share.

**Locks on files** succeed and do nothing. The files of the system are the same inodes in every box,
and a lock on one of them could be seen from the others; a filter cannot tell which file is meant. A
refusal would break honest code that locks a file of its own (sqlite3, mailbox), and a box is alone
with the files it can write to. So between processes of one box a lock keeps nobody out, and who
asks for a lock's holder is refused: sqlite3 works, but with a write-ahead log only in its locking
mode EXCLUSIVE.

What is not on the list is answered with EPERM; newer calls with ENOSYS, as by an older kernel, so
that the C library falls back on others. Above all it falls back from clone3 on clone, whose flags
can be seen. Another machine's calls (i386, x32) kill.

Numbers are looked up by bisection. That is not for the calls, whose plain permissions the kernel
keeps in a bitmap, but for the making of that bitmap, which takes one run per number in each box.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hackgym_guest import linux, syscalls

ALLOW = 0x7FFF0000
KILL = 0x80000000
ERRNO = 0x00050000

_LOAD, _AND, _JUMP, _RETURN = 0x20, 0x54, 0x05, 0x06
_IF_EQUAL, _IF_AT_LEAST = 0x15, 0x35
_FARTHEST = 255  # that a conditional jump can go

_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16  # in `struct seccomp_data`
_X32_BIT = 0x40000000
_FIRST_NEWER = 424
"""From here on the calls of all machines have the same numbers, and programs do without them."""

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


@dataclass(frozen=True, slots=True)
class Check:
    """Looks at the low half of one argument of a system call.

    The call is answered with `error` when the masked argument is among `values`, or, for `only`,
    when it is not: where there are none, always. An error of 0 is a success that does nothing.
    """

    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    only: bool = False
    error: int = errno.EPERM


def _only(argument: int, *values: int, error: int = errno.EPERM) -> Check:
    return Check(argument, values, only=True, error=error)


_NOTHING = Check(0, (), only=True, error=0)  # call it a success, whatever the arguments
_REFUSED = Check(0, (), only=True)

_CLONE_PARENT, _NEW_NAMESPACES = 0x8000, 0x7E020000
_FILE_KINDS = Check(1, (0o020000, 0o060000), mask=0o170000)  # no devices
_LOCKS = (6, 7, 37, 38)  # F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW

CHECKS: dict[str, tuple[Check, ...]] = {
    "clone": (Check(0, (0,), mask=_NEW_NAMESPACES | _CLONE_PARENT, only=True),),
    # Plain sockets of AF_UNIX, AF_INET and AF_INET6, and no protocol that comes as a module.
    "socket": (
        _only(0, 1, 2, 10, error=errno.EAFNOSUPPORT),
        Check(1, (1, 2, 5), mask=0xF, only=True),  # SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET
        _only(2, 0, 6, 17, error=errno.EPROTONOSUPPORT),  # the default, TCP, UDP
    ),
    "socketpair": (_only(0, 1, error=errno.EAFNOSUPPORT),),
    # A terminal's state, size and group, the bytes that wait, FIONBIO, FIONCLEX and FIOCLEX.
    "ioctl": (
        _only(1, 0x5401, 0x5413, 0x540F, 0x541B, 0x5421, 0x5450, 0x5451, error=errno.ENOTTY),
    ),
    # Copies, flags and the size of a pipe, to ask. Not to set it: pipes are beyond the limit on
    # memory. No leases, no watches, and nobody told by signal.
    "fcntl": (Check(1, _LOCKS, error=0), _only(1, 0, 1, 2, 3, 4, 9, 1030, 1032)),
    "flock": (_NOTHING,),
    # Advice about files, and the writing of all of them to the disk: not for a box to decide.
    "fadvise64": (_NOTHING,),
    "readahead": (_NOTHING,),
    "sync": (_NOTHING,),
    "syncfs": (_NOTHING,),
    # As on a file system without extended attributes; that it says so is what `cp` asks for.
    **dict.fromkeys(
        [f"{way}{act}xattr" for way in ("", "l", "f") for act in ("set", "remove")],
        (Check(0, (), only=True, error=errno.EOPNOTSUPP),),
    ),
    "mknod": (_FILE_KINDS,),
    "mknodat": (Check(2, _FILE_KINDS.values, mask=_FILE_KINDS.mask),),
    # What is advice about a process's own memory; nothing that moves or merges pages.
    "madvise": (
        _only(2, 0, 1, 2, 3, 4, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 22, 23, error=errno.EINVAL),
    ),
    # The signal of a parent's end, dumpable, the name, the bounding set, timer slack,
    # no_new_privs, huge pages off, and the name of a piece of memory.
    "prctl": (
        _only(0, 1, 2, 3, 4, 15, 16, 23, 29, 30, 38, 39, 41, 42, 0x53564D41, error=errno.EINVAL),
    ),
    "arch_prctl": (_only(0, 0x1001, 0x1002, 0x1003, 0x1004, error=errno.EINVAL),),
    "personality": (_only(0, 0, 0xFFFFFFFF),),  # the usual one, and to ask
    # What a process may do to another of its user, and so to its own supervisor.
    "prlimit64": (_only(0, 0),),
    "setpriority": (_only(0, 0), _only(1, 0)),
    "sched_setaffinity": (_only(0, 0),),
    "sched_setscheduler": (_only(0, 0),),
    "sched_setparam": (_only(0, 0),),
    "sched_setattr": (_only(0, 0),),
}
"""What else a known system call must pass, one check after the other."""


def without_addresses() -> dict[str, tuple[Check, ...]]:
    """Checks for a box that has the host's network and its files' sockets: it makes only pairs.

    They can be given no name and lead nowhere else, not by what is sent with a message either.
    """
    streams = Check(1, (1, 5), mask=0xF, only=True, error=errno.EPROTONOSUPPORT)
    return CHECKS | {
        "socket": (_only(0, error=errno.EAFNOSUPPORT),),
        "socketpair": (*CHECKS["socketpair"], streams),
        "bind": (_REFUSED,),
        "connect": (_REFUSED,),
        "listen": (_REFUSED,),
    }


def without_metadata() -> dict[str, tuple[Check, ...]]:
    """Checks for a box whose user has other files: their modes, owners and times are not its own.

    Programs change those of files that they have just made, and give up where it fails.
    """
    names = ("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat")
    return dict.fromkeys((*names, "utime", "utimes", "futimesat", "utimensat"), (_NOTHING,))


def build(
    machine: str = platform.machine(), checks: Mapping[str, tuple[Check, ...]] = CHECKS
) -> bytes:
    """The filter for a machine of that kind. Raises KeyError for one that it is not known for."""
    architecture = ARCHITECTURES[machine]
    column = list(ARCHITECTURES).index(machine)
    known = {numbers[column]: name for name, numbers in syscalls.KNOWN.items()}
    # Stretches of numbers with the same answer, each from a first number on.
    stretches = [(0, _answer(errno.EPERM))]
    for number in range(_FIRST_NEWER + len(known)):
        if number in known:
            steps = _look(checks.get(known[number], ()))
        else:
            steps = _answer(errno.EPERM if number < _FIRST_NEWER else errno.ENOSYS)
        if steps != stretches[-1][1]:
            stretches.append((number, steps))
    if machine == "x86_64":
        stretches.append((_X32_BIT, [_step(_RETURN, KILL)]))
    code = [
        _step(_LOAD, _ARCHITECTURE_AT),
        _step(_IF_EQUAL, architecture, 1, 0),
        _step(_RETURN, KILL),
        _step(_LOAD, _NUMBER_AT),
        *_search(stretches),
    ]
    return b"".join(code)


def _search(stretches: Sequence[tuple[int, list[bytes]]]) -> list[bytes]:
    """The steps that find the stretch of the number at hand, and follow it."""
    if len(stretches) == 1:
        return stretches[0][1]
    middle = len(stretches) // 2
    low, high = _search(stretches[:middle]), _search(stretches[middle:])
    first = stretches[middle][0]
    if len(low) <= _FARTHEST:
        return [_step(_IF_AT_LEAST, first, len(low), 0), *low, *high]
    return [_step(_IF_AT_LEAST, first, 0, 1), _step(_JUMP, len(low)), *low, *high]


def _look(checks: Sequence[Check]) -> list[bytes]:
    """The steps that decide about a system call by its arguments."""
    steps: list[bytes] = []
    for check in checks:
        answer = _answer(check.error)
        if not check.values:
            return steps + answer
        steps += [_step(_LOAD, _ARGUMENTS_AT + 8 * check.argument), _step(_AND, check.mask)]
        # Listed values jump over the next step: over the answer, or over what jumps over it.
        for left, value in zip(range(len(check.values), 0, -1), check.values, strict=True):
            steps.append(_step(_IF_EQUAL, value, left, 0))
        steps += answer if check.only else [_step(_JUMP, 1), *answer]
    return [*steps, _step(_RETURN, ALLOW)]


def _answer(error: int) -> list[bytes]:
    return [_step(_RETURN, ERRNO | error)]


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def install(code: bytes) -> None:
    """Put the calling process and all that it starts under the filter, for good.

    Needs PR_SET_NO_NEW_PRIVS to have been set. Raises OSError where the kernel has no filters.
    """
    program = _Program(len(code) // 8, code)
    linux.prctl(linux.PR_SET_SECCOMP, 2, ctypes.addressof(program))
