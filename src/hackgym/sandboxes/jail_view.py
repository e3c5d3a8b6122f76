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

import hackgym
from hackgym.sandboxes.pool import GUEST, PYTHON

PACKAGES = ("pytest", "numpy")
"""Third-party packages that boxes can import, with what they require; where they are installed."""

SITE = "/site"
"""The folder in a box that holds them."""

_SYSTEM_FOLDERS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32", "libexec")
_MORE = (
    "/dev/null",
    "/dev/zero",
    "/dev/full",
    "/dev/random",
    "/dev/urandom",
    "/etc/ld.so.cache",
    "/usr/share/zoneinfo",
)
_VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
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
    prefixes = ["", "/usr", "/usr/local", sys.base_prefix, sys.base_exec_prefix]
    folders = [Path(prefix or "/", name) for prefix in prefixes for name in _SYSTEM_FOLDERS]
    found = [path for path in [*folders, *map(Path, _MORE)] if path.exists()]
    links = {path: path.readlink() for path in found if path.is_symlink()}
    binds = [path for path in found if path not in links]
    sites = list(_sites(prefixes))
    ours = [site for site in sites if site.parent.name == _VERSION]
    masks = [site for site in sites if site not in ours]
    masks += [path for path in _own_folders() if _within(path, binds) and not _within(path, sites)]
    return {
        "python": PYTHON,
        "site": SITE,
        "sites": [str(path) for path in ours],
        "masks": [str(path) for path in masks],
        "links": _LINKS | {str(path): str(target) for path, target in links.items()},
        "texts": _TEXTS,
        "binds": {str(path): str(path) for path in binds}
        | packages()
        | {f"{SITE}/hackgym_guest": GUEST},
    }


def _own_folders() -> Iterator[Path]:
    """Where hackgym and its tasks lie, if that should be among the system's folders."""
    package = Path(hackgym.__file__).resolve().parent
    yield package.parent.parent if package.parent.name == "src" else package
    if sys.prefix != sys.base_prefix:
        yield Path(sys.prefix).resolve()


def _within(path: Path, folders: list[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _sites(prefixes: list[str]) -> Iterator[Path]:
    """The folders of installed packages among what a box sees."""
    for prefix in dict.fromkeys(prefixes):
        for pattern in ("lib*/*/site-packages", "lib*/*/dist-packages"):
            for path in Path(prefix or "/").glob(pattern):
                if str(path) == os.path.realpath(path):  # else it is seen under its own name
                    yield path


def packages() -> dict[str, str]:
    """The allowed packages' files and folders, by their path in a box."""
    binds = {}
    for distribution in _with_requirements(PACKAGES):
        for name in _top_level(distribution):
            source = Path(str(distribution.locate_file(name))).resolve()
            if source.exists():
                binds[f"{SITE}/{name}"] = str(source)
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
