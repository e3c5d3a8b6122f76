"""The sandbox `process`: boxes are ordinary processes. For development, and for no other use."""

from __future__ import annotations

import sysconfig

from hackgym.sandbox import Preload
from hackgym.sandboxes.pool import Pool, Slot


class Process(Pool):
    """Runs boxes without any isolation: a box can do whatever its user can do."""

    name = "process"
    isolation = "none: for development only"

    def start(self, preload: Preload) -> Slot:
        """Start a slot. Raises Broken."""

        def introduce(slot: Slot) -> None:
            slot.tell({"jail": False, "preload": preload})

        paths = sysconfig.get_paths()
        return Slot("zygote", sorted({paths["purelib"], paths["platlib"]}), introduce)
