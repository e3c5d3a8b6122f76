"""The sandbox `jail`: boxes in Linux namespaces of their own, without a daemon or an image."""

from __future__ import annotations

from hackgym.errors import SandboxUnavailable
from hackgym.sandbox import Preload
from hackgym.sandboxes import checks, jail_slot
from hackgym.sandboxes.pool import Pool, Slot


class Jail(Pool):
    """Runs boxes in namespaces of users, processes, mounts, network and more."""

    name = "jail"
    isolation = (
        "user, pid, mount, network, ipc, uts and cgroup namespaces; read-only root; "
        "no capabilities; seccomp filter; rlimits"
    )

    def __init__(self, workers: int | None = None) -> None:
        """Raises SandboxUnavailable where this machine cannot isolate."""
        if problems := checks.missing():
            raise SandboxUnavailable(f"the sandbox 'jail' cannot run here: {problems[0]}")
        super().__init__(workers)

    def start(self, preload: Preload) -> Slot:
        """Start a slot. Raises Broken."""
        return jail_slot.start(preload)
