"""Processes of this machine, as tests look for them and wait for them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from hackgym.sandboxes import owner


def children(process: int) -> list[int]:
    """Those that any of its threads has started."""
    found: list[int] = []
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
            found += map(int, thread.read_text().split())
    return found


def descendants(process: int) -> list[int]:
    """Its children, their children, and so on."""
    found = children(process)
    return found + [each for child in found for each in descendants(child)]


def processes_with(*markers: str) -> list[int]:
    """Those that have one of the markers among their arguments."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            arguments = (entry / "cmdline").read_bytes()
            if any(marker.encode() in arguments for marker in markers):
                found.append(int(entry.name))
    return found


def alive(process: int) -> bool:
    """Whether it has not ended; one that nobody has waited for has."""
    return owner.started(process) is not None


def eventually(condition: Callable[[], bool], within_s: float = 30) -> bool:
    """Whether something that the system does in its own time comes about."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False
