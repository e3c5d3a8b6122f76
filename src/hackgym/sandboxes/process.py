"""The sandbox `process`: boxes are ordinary processes. For development, and for no other use."""

from __future__ import annotations

from pathlib import Path

from hackgym.sandbox import Preload
from hackgym.sandboxes.jail_view import packages
from hackgym.sandboxes.pool import Pool, Slot


class Process(Pool):
    """Runs boxes without any isolation: a box can do whatever its user can do."""

    name = "process"
    isolation = "none: for development only"

    def start(self, preload: Preload) -> Slot:
        """Start a slot. Raises Broken."""

        def introduce(slot: Slot) -> None:
            slot.tell({"jail": False, "preload": preload})

        folders = {str(Path(source).parent) for source in packages().values()}
        return Slot("zygote", sorted(folders), introduce)
