"""Which process has made something, told from another that has its number later."""

from __future__ import annotations

from pathlib import Path


def namespace() -> int:
    """That of process numbers: in another, they say nothing. Raises OSError where there is none."""
    return Path("/proc/self/ns/pid").stat().st_ino


def started(process: int) -> int | None:
    """When a living process has started, in ticks since boot."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text("ascii", "replace")
    except OSError:
        return None
    state, *fields = stat.rpartition(")")[2].split()
    return None if state in "ZX" else int(fields[18])
