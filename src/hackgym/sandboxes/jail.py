"""The sandbox `jail`: boxes in Linux namespaces of their own, without a daemon or an image.

Where there are no namespaces to be had, it opens in its lower tier, and says so. The page
`docs/sandboxes.md` tells what that does not keep apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from hackgym.errors import SandboxUnavailable
from hackgym.promises import PROMISES, Promise
from hackgym.sandbox import Preload
from hackgym.sandboxes import cgroups, checks, confined_slot, jail_slot
from hackgym.sandboxes.pool import Pool, Slot
from hackgym_guest import confined, isolate, landlock


class Jail(Pool):
    """Runs boxes in namespaces of users, processes, mounts, network and more."""

    name = "jail"
    lacks: str = ""
    """Why this is the lower tier, with the remedy; nothing in the full one."""
    promises: frozenset[Promise] = frozenset(PROMISES)

    def __init__(self, workers: int | None = None) -> None:
        """Raises SandboxUnavailable where this machine cannot isolate."""
        if problems := checks.missing():
            if checks.missing_below():
                raise SandboxUnavailable(f"the sandbox 'jail' cannot run here: {problems[0]}")
            self._step_down(problems[0])
        else:
            self._describe()
        super().__init__(workers)

    def _describe(self) -> None:
        self.isolation = (
            "user, pid, mount, network, ipc, uts and cgroup namespaces; read-only root; no "
            f"capabilities; seccomp filter; {_landlock(used=isolate.has_landlock())}; rlimits; "
            f"{cgroups.describe()}"
        )

    def _step_down(self, problem: checks.Problem) -> None:
        users = confined_slot.has_users()
        has_landlock = confined.has_landlock(users=users)
        whose = "boxes have users of their own" if users else "boxes have your user"
        self.lacks = str(problem)
        self.promises = frozenset(_kept(users=users, landlock=has_landlock))
        self.isolation = (
            f"lower tier, because {problem.what}: {whose}; "
            f"{_landlock(used=has_landlock)}; seccomp filter, no sockets; rlimits; "
            f"{cgroups.describe()}; see docs/sandboxes.md"
        )

    def start(self, preload: Preload) -> Slot:
        """Start a slot. Raises Broken."""
        return confined_slot.ConfinedSlot(preload) if self.lacks else jail_slot.JailSlot(preload)


def _landlock(*, used: bool) -> str:
    known = landlock.version()
    return f"Landlock {known}" if used else f"no Landlock (version {known})"


def _kept(*, users: bool, landlock: bool) -> Iterator[Promise]:
    """What the lower tier promises."""
    yield from ("network", "kernel")
    if users:
        yield from ("privileges", "process_limit")
    if users and landlock:
        yield "files"
