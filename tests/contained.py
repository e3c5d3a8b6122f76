"""Stand-ins for default containers (`container.py`), of several kinds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hackgym_guest import landlock

CONTAINER = [sys.executable, str(Path(__file__).with_name("container.py"))]
ROOT, USER, OLD = (), ("--user",), ("--no-landlock",)
OPTIONS = {"root": ROOT, "user": USER, "no Landlock": OLD}
"""The options of the script, by the kind of container that they make."""


def contained(options: tuple[str, ...], *command: str, **more: Any) -> subprocess.Popen[str]:
    """Run a command in one; skip the test, with the reason, where this machine cannot."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a container, whoever is its user")
    if "--no-landlock" not in options and landlock.version() < landlock.SCOPES:
        pytest.skip(f"this kernel has Landlock {landlock.version()}")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*CONTAINER, *options, *command], text=True, **{**pipes, **more})
