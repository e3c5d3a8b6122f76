"""The sandbox `process`: boxes are ordinary processes. For development, and for no other use."""

from __future__ import annotations

from pathlib import Path

from hackgym.promises import Promise
from hackgym.sandbox import Preload
from hackgym.sandboxes.jail_view import packages
from hackgym.sandboxes.pool import Pool, ProcessSlot, Slot


class Process(Pool):
    """Runs boxes without any isolation: a box can do whatever its user can do."""

    name = "process"
    isolation = "none: for development only"
    promises: frozenset[Promise] = frozenset()

    def start(self, preload: Preload) -> Slot:
        """Start a slot. Raises Broken."""

        def introduce(slot: ProcessSlot) -> None:
            slot.tell({"place": "plain", "preload": preload})

        folders = {str(Path(source).parent) for source in packages().values()}
        return ProcessSlot("zygote", sorted(folders), introduce)
