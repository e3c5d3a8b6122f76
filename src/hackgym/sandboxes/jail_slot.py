"""Starts the slots of the jail: gives each its plan and its users."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from hackgym.sandbox import Preload
from hackgym.sandboxes.jail_view import view
from hackgym.sandboxes.pool import ProcessSlot
from hackgym_guest.isolate import write_maps

_ALL_IDS = ["0", "0", "4294967295"]
_FIRST_HOST_ID, _HOST_ID_GROUPS = 2_000_000_000, 30_000_000


def start(preload: Preload) -> ProcessSlot:
    """Start a slot. Raises Broken."""
    root = owns_machine()
    # Ids that no account has, and hardly another slot: a count of processes goes by them.
    host_ids = [os.geteuid()]
    guest_ids = [1000]
    if root:
        first = _FIRST_HOST_ID + 3 * secrets.randbelow(_HOST_ID_GROUPS)
        host_ids, guest_ids = [first, first + 1, first + 2], [0, 1000, 1001]

    def introduce(slot: ProcessSlot) -> None:
        slot.tell({**view(), "host": os.getpid(), "root": root, "ids": host_ids})
        # The watcher tells who the builder is, the builder that it is ready, whoever comes first.
        told = slot.hear() | slot.hear()
        write_maps(told["pid"], guest_ids, host_ids, root=root)
        slot.tell({"mapped": True})
        slot.tell({"place": "jail", "preload": preload, "uids": (guest_ids * 2)[-2:]})

    return ProcessSlot("isolate", [], introduce)


def owns_machine() -> bool:
    """Whether this is root with every user's id at hand, and not within a container of users."""
    maps = Path("/proc/self/uid_map").read_text("ascii")
    return os.geteuid() == 0 and maps.split() == _ALL_IDS
