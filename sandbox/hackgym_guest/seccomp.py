"""The system call filter of a box: what is refused to untrusted code, as a BPF program.

Refused are the ways out of the box (mounts, namespaces, other processes' memory), the parts of the
kernel that no test needs and that are often broken into, and whatever would outlive the box or
reach another one in spite of the namespaces (key rings, System V memory, VM sockets).
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from dataclasses import dataclass

from hackgym_guest import linux

ALLOW = 0x7FFF0000
KILL = 0x80000000
ERRNO = 0x00050000

_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_IF_EQUAL, _IF_AT_LEAST = 0x15, 0x35

_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16  # in `struct seccomp_data`
_X32_BIT = 0x40000000

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

REFUSED: dict[str, tuple[int | None, int | None]] = {
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    # mounts and namespaces
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "statmount": (457, 457),
    "listmount": (458, 458),
    "open_tree_attr": (467, 467),
    "unshare": (272, 97),
    "setns": (308, 268),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    # parts of the kernel that a test does without
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "userfaultfd": (323, 282),
    "fanotify_init": (300, 262),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "lookup_dcookie": (212, 18),
    "modify_ldt": (154, None),
    "iopl": (172, None),
    "ioperm": (173, None),
    "uselib": (134, None),
    "vhangup": (153, 58),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    # what tells of other boxes
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    # what outlives a box, or escapes the limit on its memory
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    # the machine
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "create_module": (174, None),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "syslog": (103, 116),
}
"""System calls answered with EPERM, with their numbers on x86_64 and on aarch64."""


@dataclass(frozen=True, slots=True)
class Check:
    """Looks at the low half of one argument of a system call.

    The call is refused when the masked argument is among `values`, or, for `only`, when it is not.
    """

    numbers: tuple[int | None, int | None]
    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    only: bool = False
    error: int = errno.EPERM


_NEW_NAMESPACES = 0x7E020000
_FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6: there is no network behind them

CHECKS = (
    Check((56, 220), 0, (0,), mask=_NEW_NAMESPACES, only=True),  # clone
    Check((41, 198), 0, _FAMILIES, only=True, error=errno.EAFNOSUPPORT),  # socket
    Check((16, 29), 1, (0x5412, 0x541C)),  # ioctl: TIOCSTI, TIOCLINUX
    Check((135, 92), 0, (0xFFFFFFFF,), only=True),  # personality, except to ask
    Check((133, None), 1, (0o020000, 0o060000), mask=0o170000),  # mknod of a device
    Check((259, 33), 2, (0o020000, 0o060000), mask=0o170000),  # mknodat
    # What a process may do to another of its user, and so to its own supervisor.
    Check((302, 261), 0, (0,), only=True),  # prlimit64
    Check((203, 122), 0, (0,), only=True),  # sched_setaffinity
    Check((144, 119), 0, (0,), only=True),  # sched_setscheduler
    Check((142, 118), 0, (0,), only=True),  # sched_setparam
    Check((314, 274), 0, (0,), only=True),  # sched_setattr
)

_CLONE3 = (435, 435)
"""Answered with ENOSYS, so that the C library falls back on clone, whose flags can be seen."""


def build(machine: str = platform.machine()) -> bytes:
    """The filter for a machine of that kind. Raises KeyError for one that it is not known for."""
    architecture = ARCHITECTURES[machine]
    column = list(ARCHITECTURES).index(machine)
    code = [
        _step(_LOAD, _ARCHITECTURE_AT),
        _step(_IF_EQUAL, architecture, 1, 0),
        _step(_RETURN, KILL),
        _step(_LOAD, _NUMBER_AT),
    ]
    if machine == "x86_64":
        code += [_step(_IF_AT_LEAST, _X32_BIT, 0, 1), _step(_RETURN, KILL)]
    refusals = [(numbers, errno.EPERM) for numbers in REFUSED.values()]
    for numbers, error in [*refusals, (_CLONE3, errno.ENOSYS)]:
        if (number := numbers[column]) is not None:
            code += [_step(_IF_EQUAL, number, 0, 1), _step(_RETURN, ERRNO | error)]
    for check in CHECKS:
        if (number := check.numbers[column]) is not None:
            block = _look(check)
            code += [_step(_IF_EQUAL, number, 0, len(block)), *block]
    return b"".join([*code, _step(_RETURN, ALLOW)])


def _look(check: Check) -> list[bytes]:
    """The steps that decide about a system call by one of its arguments."""
    listed, other = _step(_RETURN, ERRNO | check.error), _step(_RETURN, ALLOW)
    if check.only:
        listed, other = other, listed
    steps = [_step(_LOAD, _ARGUMENTS_AT + 8 * check.argument), _step(_AND, check.mask)]
    for value in check.values:
        steps += [_step(_IF_EQUAL, value, 0, 1), listed]
    return [*steps, other]


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
