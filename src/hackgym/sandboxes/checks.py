"""What this machine lacks for the sandbox `jail`, and how to get it."""

from __future__ import annotations

import functools
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hackgym.sandboxes.jail_slot import owns_machine, start
from hackgym.sandboxes.pool import Broken
from hackgym_guest import seccomp

_CAP_SYS_ADMIN = 21
_LAST_RESORT = (
    "within a container, allow it user namespaces and an unmasked /proc (docker run --privileged)"
)

OLDEST_KERNEL = (5, 14)
"""The first whose limit on processes counts within a user namespace."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the jail needs and this machine does not give."""

    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}; {self.remedy}"


@functools.cache
def missing() -> tuple[Problem, ...]:
    """What the jail lacks here; nothing where it works.

    Starts a jail once, because no list of settings can tell for sure. The answer is kept.
    """
    if sys.platform != "linux":
        return (Problem(f"{sys.platform} has no namespaces", "run hackgym in Docker"),)
    known = tuple(_known())
    if known:
        return known
    try:
        start("").close()
    except (Broken, OSError) as error:
        return (*_suspects(), Problem(str(error), _LAST_RESORT))[:1]
    return ()


def _known() -> Iterator[Problem]:
    """What rules the jail out, whatever else there is."""
    if platform.machine() not in seccomp.ARCHITECTURES:
        kinds = " and ".join(seccomp.ARCHITECTURES)
        yield Problem(f"no system call filter for {platform.machine()}", f"use {kinds}")
    release = platform.release()
    if tuple(int(part) for part in re.findall(r"\d+", release)[:2]) < OLDEST_KERNEL:
        oldest = ".".join(map(str, OLDEST_KERNEL))
        yield Problem(f"Linux {release} is too old", f"use Linux {oldest} or newer")
    status = dict(re.findall(r"(?m)^(\w+):\s*(\w+)", Path("/proc/self/status").read_text()))
    if "Seccomp" not in status:
        yield Problem("the kernel has no seccomp", "use one built with CONFIG_SECCOMP_FILTER")
    if owns_machine() and not int(status["CapEff"], 16) >> _CAP_SYS_ADMIN & 1:
        remedy = "run it as an ordinary user, or give the container --cap-add SYS_ADMIN"
        yield Problem("root has no capability SYS_ADMIN", remedy)
    if _setting("user/max_user_namespaces") == "0":
        yield Problem("user namespaces are off", "sysctl -w user.max_user_namespaces=10000")


def _suspects() -> Iterator[Problem]:
    """What is likely to blame when a jail did not start."""
    if _setting("kernel/unprivileged_userns_clone") == "0":
        remedy = "sysctl -w kernel.unprivileged_userns_clone=1"
        yield Problem("user namespaces are kept from ordinary users", remedy)
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        remedy = "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
        yield Problem("AppArmor keeps user namespaces from ordinary users", remedy)


def _setting(name: str) -> str:
    try:
        return Path("/proc/sys", name).read_text("ascii").strip()
    except OSError:
        return ""
