"""Starts the slots of the jail: gives each its plan, its users and its limits."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from hackgym.sandbox import Job, Preload
from hackgym.sandboxes import cgroups
from hackgym.sandboxes.jail_view import view
from hackgym.sandboxes.pool import ProcessSlot
from hackgym_guest.isolate import write_maps

_ALL_IDS = ["0", "0", "4294967295"]
_FIRST_HOST_ID, _HOST_ID_GROUPS = 2_000_000_000, 30_000_000

OWN_MB = 128
"""What the processes of a slot may use beside its boxes."""

OWN_PROCESSES = 8
"""A watcher, a builder, a zygote, two supervisors, and some room."""


class LimitedSlot(ProcessSlot):
    """A slot in a control group of its own."""

    def __init__(self, module: str, introduce: Callable[[ProcessSlot], None]) -> None:
        """Start it. Raises as `ProcessSlot`."""
        self._leaf = cgroups.Leaf(cgroups.hierarchies())

        def enter_and_introduce(slot: ProcessSlot) -> None:
            self._leaf.enter(slot.first_process)  # which starts nothing before it is told to
            introduce(slot)

        try:
            super().__init__(module, [], enter_and_introduce)
        except BaseException:
            self._leaf.remove()
            raise

    def prepare(self, job: Job) -> None:
        """Limit what all processes of the slot use together. Raises OSError."""
        limits = [box.limits for box in job.boxes]
        # What lies in a box's two writable folders is memory as well.
        memory_mb = OWN_MB + sum(each.memory_mb + 2 * each.scratch_mb for each in limits)
        self._leaf.limit(memory_mb << 20, OWN_PROCESSES + sum(each.processes for each in limits))

    def close(self) -> None:
        """End all processes of the slot. It can be called twice."""
        super().close()
        self._leaf.remove()


class JailSlot(LimitedSlot):
    """A slot in namespaces and a control group of its own."""

    def __init__(self, preload: Preload) -> None:
        """Start it. Raises as `ProcessSlot`."""
        root = owns_machine()
        # Ids that no account has, and hardly another slot: a count of processes goes by them.
        host_ids = [os.geteuid()]
        guest_ids = [1000]
        if root:
            first = _FIRST_HOST_ID + 3 * secrets.randbelow(_HOST_ID_GROUPS)
            host_ids, guest_ids = [first, first + 1, first + 2], [0, 1000, 1001]

        def introduce(slot: ProcessSlot) -> None:
            slot.tell({**view(), "host": os.getpid(), "root": root, "ids": host_ids})
            # The watcher tells who the builder is, the builder that it is ready, in any order.
            told = slot.hear() | slot.hear()
            self._builder = told["pid"]
            write_maps(self._builder, guest_ids, host_ids, root=root)
            slot.tell({"mapped": True})
            slot.tell({"place": "jail", "preload": preload, "uids": (guest_ids * 2)[-2:]})

        super().__init__("isolate", introduce)

    def zygote(self) -> int:
        """The process that forks the boxes: the builder's only child."""
        path = f"/proc/{self._builder}/task/{self._builder}/children"
        try:
            return int(Path(path).read_text("ascii"))
        except (OSError, ValueError):  # a kernel without such lists
            return 0


def owns_machine() -> bool:
    """Whether this is root with every user's id at hand, and not within a container of users."""
    maps = Path("/proc/self/uid_map").read_text("ascii")
    return os.geteuid() == 0 and maps.split() == _ALL_IDS
