"""Resource limits of a box, as far as the system has them for one process."""

from __future__ import annotations

import resource
import sys
from collections.abc import Mapping
from typing import Any

OPEN_FILES = 256
STACK_BYTES = 8 << 20
CPU_S = 2000
"""Behind the supervisor's clock, which comes first. Boxes can read it: the same for each."""


def apply(limits: Mapping[str, Any]) -> None:
    """Limit this process and all that it starts."""
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    lower(resource.RLIMIT_STACK, STACK_BYTES)
    lower(resource.RLIMIT_FSIZE, limits["file_mb"] << 20)
    lower(resource.RLIMIT_CPU, CPU_S)
    if sys.platform == "linux":  # macOS has no such limit
        lower(resource.RLIMIT_AS, limits["memory_mb"] << 20)


def lower(limit: int, value: int) -> None:
    """Set a resource limit, or keep the one there is where that is lower."""
    now, most = resource.getrlimit(limit)
    if most != resource.RLIM_INFINITY:
        value = min(value, most)
    if (now, most) != (value, value):  # gVisor refuses to set some, whatever the value
        resource.setrlimit(limit, (value, value))
