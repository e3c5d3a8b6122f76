"""What a box of the jail sees of the machine.

The system's programs and libraries, Python with its standard library, and the packages that tests
run with, all of them read-only. Neither the host's files nor the environment that hackgym is
installed in are among them, because tasks' hidden tests and reference solutions lie there.
"""

from __future__ import annotations

import functools
import importlib.metadata
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hackgym.sandboxes.pool import GUEST, PYTHON

PACKAGES = ("pytest", "numpy")
"""Third-party packages that boxes can import, with what they require; where they are installed."""

SITE = "/site"
"""The folder in a box that holds them."""

_SYSTEM_FOLDERS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32", "libexec")
_DEVICES = ("null", "zero", "full", "random", "urandom")
_LINKS = {
    "/dev/fd": "/proc/self/fd",
    "/dev/stdin": "/proc/self/fd/0",
    "/dev/stdout": "/proc/self/fd/1",
    "/dev/stderr": "/proc/self/fd/2",
    "/dev/shm": "/tmp",  # noqa: S108 - the box's own
}
_TEXTS = {
    "/etc/passwd": "root:x:0:0::/:/bin/false\n"
    "box:x:1000:1000::/tmp:/bin/sh\n"
    "box2:x:1001:1001::/tmp:/bin/sh\n",
    "/etc/group": "root:x:0:\nbox:x:1000:\nbox2:x:1001:\n",
}


@functools.cache
def view() -> dict[str, Any]:
    """What the root of a slot is made of, for `hackgym_guest.isolate`."""
    prefixes = dict.fromkeys(["/usr", "/usr/local", sys.base_prefix, sys.base_exec_prefix])
    links = dict(_LINKS)
    binds = {f"/dev/{name}": f"/dev/{name}" for name in _DEVICES}
    for name in _SYSTEM_FOLDERS:
        for prefix in ("", *prefixes):
            folder = f"{prefix}/{name}"
            if os.path.islink(folder):
                links[folder] = os.readlink(folder)
            elif os.path.isdir(folder):
                binds[folder] = folder
    for path in ("/usr/share/zoneinfo", "/etc/ld.so.cache"):
        if os.path.exists(path):
            binds[path] = path
    sites, masks = _package_folders(prefixes)
    return {
        "python": PYTHON,
        "site": SITE,
        "sites": sites,
        "masks": masks,
        "links": links,
        "texts": _TEXTS,
        "binds": {**binds, **packages(), f"{SITE}/hackgym_guest": GUEST},
    }


def _package_folders(prefixes: dict[str, None]) -> tuple[list[str], list[str]]:
    """Folders of installed packages: those of our Python's version, and of others."""
    ours, others = [], []
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for prefix in prefixes:
        for pattern in ("lib*/*/site-packages", "lib*/*/dist-packages"):
            for folder in Path(prefix).glob(pattern):
                if folder.is_symlink() or folder.parent.is_symlink() or folder.parent.parent.is_symlink():
                    continue
                (ours if folder.parent.name == version else others).append(str(folder))
    return ours, others


def packages() -> dict[str, str]:
    """The allowed packages' files and folders, by their path in a box."""
    binds = {}
    for distribution in _with_requirements(PACKAGES):
        for name in _top_level(distribution):
            source = distribution.locate_file(name)
            if os.path.exists(str(source)):
                binds[f"{SITE}/{name}"] = os.path.realpath(str(source))
    return binds


def _with_requirements(names: tuple[str, ...]) -> Iterator[importlib.metadata.Distribution]:
    waiting, seen = list(names), set()
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # numpy, or what another Python or system requires
        yield distribution
        for requirement in distribution.requires or []:
            wanted, _, condition = requirement.partition(";")
            if "extra" not in condition and (match := re.match(r"[\w.-]+", wanted)):
                waiting.append(match[0])


def _top_level(distribution: importlib.metadata.Distribution) -> set[str]:
    """The names in the folder of packages that belong to a distribution."""
    names = {path.parts[0] for path in distribution.files or []}
    if not names:  # installed by a system's own tools
        names = set((distribution.read_text("top_level.txt") or "").split())
    return names - {"..", "__pycache__"}
