"""What a box of the jail sees of the machine.

The system's programs and libraries, Python with its standard library, and the packages that tests
run with, all of them read-only. Neither the host's files nor the environment that hackgym is
installed in are among them, because tasks' hidden tests and reference solutions lie there.
"""

from __future__ import annotations

import functools
import importlib.metadata
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hackgym
from hackgym.sandboxes.pool import GUEST, PYTHON
from hackgym_guest.view import SITE, system

PACKAGES = ("pytest", "numpy")
"""Third-party packages that boxes can import, with what they require; where they are installed."""


@functools.cache
def view() -> dict[str, Any]:
    """What the root of a slot is made of, for `hackgym_guest.isolate`."""
    seen = system(PYTHON)
    sites = [Path(site) for site in [*seen["sites"], *seen["masks"]]]
    bound = [Path(path) for path in seen["binds"]]
    own = [path for path in _own_folders() if _within(path, bound) and not _within(path, sites)]
    seen["masks"] += map(str, own)
    seen["binds"] |= packages() | {f"{SITE}/hackgym_guest": GUEST}
    return seen


def _own_folders() -> Iterator[Path]:
    """Where hackgym and its tasks lie, if that should be among the system's folders."""
    package = Path(hackgym.__file__).resolve().parent
    yield package.parent.parent if package.parent.name == "src" else package
    if sys.prefix != sys.base_prefix:
        yield Path(sys.prefix).resolve()


def _within(path: Path, folders: list[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


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
