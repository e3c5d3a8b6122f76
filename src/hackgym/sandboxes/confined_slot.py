"""Starts the slots of the jail's lower tier, where there are no namespaces."""

from __future__ import annotations

import os
import pwd
import re
import secrets
from pathlib import Path

from hackgym.sandbox import Preload
from hackgym.sandboxes.jail_slot import LimitedSlot
from hackgym.sandboxes.jail_view import view
from hackgym.sandboxes.pool import ProcessSlot
from hackgym_guest import confined

_FIRST_ID, _PAST_LAST_ID = 2_100_000_000, 2_140_000_000
_TOGETHER = 4
_FIRST_USUAL_ID, _PAST_USUAL_IDS = 1_000, 60_000


class ConfinedSlot(LimitedSlot):
    """A slot among all other processes, in a control group of its own."""

    def __init__(self, preload: Preload) -> None:
        """Start it. Raises as `ProcessSlot`."""
        ids = unused_ids() if has_users() else []

        def introduce(slot: ProcessSlot) -> None:
            slot.tell({**view(), "host": os.getpid(), "ids": ids})
            told = slot.hear()
            self._zygote: int = told["zygote"]
            slot.tell({**told, "place": "confined", "preload": preload, "ids": ids})

        super().__init__("confined", introduce)

    def zygote(self) -> int:
        """The process that forks the boxes."""
        return self._zygote


def has_users() -> bool:
    """Whether boxes can have users of their own: this process can become another one."""
    if os.geteuid() != 0 or len(_ids()) < _TOGETHER:
        return False
    status = Path("/proc/self/status").read_text("ascii", "replace")
    match = re.search(r"(?m)^CapEff:\s*(\w+)", status)
    return match is not None and all(int(match[1], 16) >> each & 1 for each in confined.NEEDED)


def unused_ids() -> list[int]:
    """Ids of users that no account has, nor hardly another slot: for two boxes and their ends."""
    while True:
        first = _ids()[0] + _TOGETHER * secrets.randbelow(len(_ids()) // _TOGETHER)
        found = [*range(first, first + _TOGETHER)]
        if not any(each in found for each in _accounts()):
            return found


def _ids() -> range:
    """The ids that this process can give: not all, where it is in a container of users."""
    least = _PAST_LAST_ID
    for kind in ("uid", "gid"):
        spans = Path(f"/proc/self/{kind}_map").read_text("ascii").split()
        ends = [int(start) + int(size) for start, size in zip(spans[::3], spans[2::3], strict=True)]
        least = min(least, *ends)
    if least == _PAST_LAST_ID:
        return range(_FIRST_ID, least)
    top = min(_PAST_USUAL_IDS, least)
    return range(max(_FIRST_USUAL_ID, top // 2), top)


def _accounts() -> set[int]:
    return {each.pw_uid for each in pwd.getpwall()}
