"""What happened at the boundary, written down so that child processes are heard too.

Each event is one line that is appended at once: a verifier program may end any of its processes at
any time, or catch what was raised to end it, and its verdict must still be known not to count.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Collection
from pathlib import Path
from typing import Literal

Event = Literal["asked", "answered", "refused"]
"""Something was asked of the submission, or that was answered; or something was not let through."""


def write(path: str, event: Event, detail: str) -> None:
    """Write down an event. Questions have their number for a detail, refusals their reason."""
    line = json.dumps([event, detail]) + "\n"
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line.encode("ascii"))
    finally:
        os.close(file)


def objection(path: str, opened: Collection[str]) -> str:
    """Why a verdict does not count after what has happened; empty if it does."""
    events = _read(path)
    refused = next((detail for event, detail in events if event == "refused"), "")
    waits = {detail for event, detail in events if event == "asked"}
    waits -= {detail for event, detail in events if event == "answered"}
    if not refused and waits and "timeout_as_pass" not in opened:
        return "the submission did not answer in time"
    return refused


def _read(path: str) -> list[list[str]]:
    with contextlib.suppress(OSError):
        return [json.loads(line) for line in Path(path).read_text("ascii").splitlines()]
    return []
