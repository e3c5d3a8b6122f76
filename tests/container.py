"""Runs a command as in a default container: without new namespaces, mounts and SYS_ADMIN.

    python tests/container.py [--user] [--no-landlock] [--no-capabilities] COMMAND...

It is no container, but what one refuses is refused: the system calls that its filter keeps back,
the capabilities that it lacks, the parts of /proc that it covers. As root, Python, the installed
packages and hackgym are put where every user can reach them, as they are in an image, and `python`
names that interpreter. With `--user` the command is run by an ordinary user.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import platform
import struct
import sys
import sysconfig
from pathlib import Path

from hackgym_guest import linux, seccomp

REPOSITORY = Path(__file__).resolve().parents[1]
WORLD = "/mnt"
USER = 12345
CAPABILITIES = (0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)  # Docker's default
REFUSED = {
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
}
LANDLOCK = {"create": (444, 444), "add": (445, 445), "restrict": (446, 446)}
CLONE, CLONE3, NEW_NAMESPACES = (56, 220), (435, 435), 0x7E020000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--user", action="store_true")
    parser.add_argument("--no-landlock", action="store_true")
    parser.add_argument("--no-capabilities", action="store_true")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = options.command
    variables = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
    python = os.path.realpath(sys.executable)
    if os.geteuid() == 0:
        python = world(python)
        variables["PYTHONPATH"] = ":".join(
            f"{WORLD}/{each}" for each in ("repository/src", "repository/sandbox", "site")
        )
    else:
        variables["PYTHONPATH"] = ":".join(sys.path[1:])
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    refused = REFUSED | (LANDLOCK if options.no_landlock else {})
    seccomp.install(container_filter(refused))
    if os.geteuid() == 0:
        keep(() if options.no_capabilities else CAPABILITIES)
    if options.user and os.geteuid() == 0:
        linux.become(USER)
    os.chdir("/")
    if command[0] == "python":
        command[0] = python
    os.execve(command[0], command, variables)


def world(python: str) -> str:
    """Lay out the files of the container; where its Python is."""
    linux.unshare(linux.CLONE_NEWNS)
    linux.mount("", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("world", WORLD, "tmpfs", options="mode=755")
    prefix = sys.base_prefix
    for name, source in (
        ("python", prefix),
        ("site", sysconfig.get_path("purelib")),
        ("repository", str(REPOSITORY)),
    ):
        Path(WORLD, name).mkdir()
        linux.mount(source, f"{WORLD}/{name}", flags=linux.MS_BIND | linux.MS_REC)
    for path in ("/tmp", "/var/tmp", "/dev/shm"):
        linux.mount("scratch", path, "tmpfs", options="mode=1777")
    for path in ("/proc/acpi", "/proc/irq", "/proc/scsi"):
        with contextlib.suppress(OSError):  # not every machine has it
            linux.mount("mask", path, "tmpfs", linux.MS_RDONLY)
    for path in ("/proc/sys", "/sys"):
        linux.mount(path, path, flags=linux.MS_BIND | linux.MS_REC)
        linux.restrict_mount(path, linux.MS_RDONLY)
    return python.replace(prefix, f"{WORLD}/python", 1)


def container_filter(refused: dict[str, tuple[int, int]]) -> bytes:
    """Refuses calls by number, new namespaces by flag, and clone3 as if it were not known."""
    column = list(seccomp.ARCHITECTURES).index(platform.machine())

    def step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
        return struct.pack("=HBBI", code, if_true, if_false, value)

    def refuse(error: int) -> bytes:
        return step(0x06, seccomp.ERRNO | error)

    steps = [step(0x20, 0)]
    for numbers in refused.values():
        steps += [step(0x15, numbers[column], 0, 1), refuse(errno.EPERM)]
    steps += [step(0x15, CLONE3[column], 0, 1), refuse(errno.ENOSYS)]
    steps += [step(0x15, CLONE[column], 0, 4), step(0x20, 16), step(0x54, NEW_NAMESPACES)]
    steps += [step(0x15, 0, 1, 0), refuse(errno.EPERM), step(0x06, seccomp.ALLOW)]
    return b"".join(steps)


def keep(capabilities: tuple[int, ...]) -> None:
    """Drop all other capabilities for good."""
    for capability in range(linux.last_capability() + 1):
        if capability not in capabilities:
            linux.prctl(linux.PR_CAPBSET_DROP, capability)
    kept = sum(1 << each for each in capabilities)
    linux.set_capabilities(kept, kept, 0)


if __name__ == "__main__":
    main()
