"""Whether a zygote is as it was at its start, however many boxes it has forked since."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from hackgym_guest.zygote import MAX_BOXES

MAX_RUNS = 2000
"""Then a zygote has served its time, for what cannot be seen from outside."""

RUNS_BETWEEN_LOOKS = 100
MAX_GROWTH_KB = 32 << 10
_PAGE_KB = os.sysconf("SC_PAGE_SIZE") >> 10


@dataclass(frozen=True, slots=True)
class Vitals:
    """What a zygote holds between two jobs."""

    memory_kb: int
    children: int
    descriptors: int
    """0 where this user may not count them."""


def look(zygote: int) -> Vitals | None:
    """The vitals of a process; None where the system does not tell."""
    folder = Path("/proc", str(zygote))
    try:
        pages = int((folder / "statm").read_text("ascii").split()[1])
        children = (folder / "task" / str(zygote) / "children").read_text("ascii").split()
    except (OSError, IndexError):
        return None
    try:
        descriptors = len(list((folder / "fd").iterdir()))
    except OSError:
        descriptors = 0
    return Vitals(pages * _PAGE_KB, len(children), descriptors)


class Health:
    """Follows one zygote from its start."""

    def __init__(self, zygote: int) -> None:
        """Look at it for the first time."""
        self._zygote = zygote
        self._first = look(zygote)
        self._runs = 0

    def count_run(self) -> None:
        """Take note that it has served a job."""
        self._runs += 1

    def complaint(self) -> str:
        """Why it is to be replaced now, between two jobs; nothing if it is well."""
        if self._runs >= MAX_RUNS:
            return f"it has served {self._runs} jobs"
        if self._first is None or self._runs % RUNS_BETWEEN_LOOKS:
            return ""
        now = look(self._zygote)
        if now is None:
            return "it is not to be seen any more"
        if now.memory_kb > self._first.memory_kb + MAX_GROWTH_KB:
            return f"its memory has grown from {self._first.memory_kb} to {now.memory_kb} KiB"
        if now.descriptors > self._first.descriptors:
            return f"it holds {now.descriptors} descriptors, not {self._first.descriptors}"
        if now.children > MAX_BOXES:  # those of the last job may be about to end
            return f"it has {now.children} children"
        return ""
