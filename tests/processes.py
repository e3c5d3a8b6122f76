"""Processes of this machine, as tests look for them."""

from __future__ import annotations

import contextlib
from pathlib import Path


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
