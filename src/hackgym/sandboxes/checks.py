"""What this machine lacks for the sandbox `jail`, and how to get it."""

from __future__ import annotations

import functools
import os
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hackgym.sandboxes import confined_slot
from hackgym.sandboxes.jail_slot import JailSlot, owns_machine
from hackgym.sandboxes.pool import Broken
from hackgym_guest import confined, seccomp

_CAP_SYS_ADMIN = 21
_NO_FILTER = "--security-opt seccomp=unconfined --security-opt apparmor=unconfined"
_LAST_RESORT = (
    f"in Docker, use --user 1000 {_NO_FILTER} --security-opt systempaths=unconfined, "
    "or the sandbox 'docker' from outside"
)
_REFUSALS = {
    "unshare(": "new namespaces are refused",
    "mount(proc": "a /proc in a new namespace is refused",
    "mount(": "mounts in a new namespace are refused",
}
"""What a jail's start calls, and what it means that it fails."""

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
    if known := (*_missing_anyway(), *_known()):
        return known
    try:
        JailSlot("").close()
    except (Broken, OSError) as error:
        said = [what for call, what in _REFUSALS.items() if call in str(error)]
        return (*_suspects(), Problem((*said, str(error))[0], _LAST_RESORT))[:1]
    return ()


@functools.cache
def missing_below() -> tuple[Problem, ...]:
    """What the jail's lower tier lacks here; nothing where it works. The answer is kept."""
    if sys.platform != "linux":
        return missing()
    if known := tuple(_missing_anyway()):
        return known
    users = confined_slot.has_users()
    if not users and os.geteuid() == 0:  # nothing limits the processes of root
        remedy = "run it as an ordinary user, or leave root the right to become others"
        return (Problem("root cannot give boxes users of their own", remedy),)
    if not users and not confined.has_landlock(users=users):
        return (Problem("no Landlock, or too old a one", "use Linux 6.12 or newer"),)
    try:
        confined_slot.ConfinedSlot("").close()
    except (Broken, OSError) as error:
        return (Problem(str(error), "see docs/sandboxes.md"),)
    return ()


def _missing_anyway() -> Iterator[Problem]:
    """What rules both tiers out, whatever else there is."""
    if platform.machine() not in seccomp.ARCHITECTURES:
        kinds = " and ".join(seccomp.ARCHITECTURES)
        yield Problem(f"no system call filter for {platform.machine()}", f"use {kinds}")
    if "Seccomp" not in _status():
        yield Problem("the kernel has no seccomp", "use one built with CONFIG_SECCOMP_FILTER")


def _known() -> Iterator[Problem]:
    """What rules the full tier out, whatever else there is."""
    release = platform.release()
    if tuple(int(part) for part in re.findall(r"\d+", release)[:2]) < OLDEST_KERNEL:
        oldest = ".".join(map(str, OLDEST_KERNEL))
        yield Problem(f"Linux {release} is too old", f"use Linux {oldest} or newer")
    if owns_machine() and not int(_status()["CapEff"], 16) >> _CAP_SYS_ADMIN & 1:
        remedy = f"in Docker, use --cap-add SYS_ADMIN {_NO_FILTER}"
        yield Problem("root has no capability SYS_ADMIN", remedy)
    if _setting("user/max_user_namespaces") == "0":
        yield Problem("user namespaces are off", "sysctl -w user.max_user_namespaces=10000")


def _status() -> dict[str, str]:
    return dict(re.findall(r"(?m)^(\w+):\s*(\w+)", Path("/proc/self/status").read_text()))


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
