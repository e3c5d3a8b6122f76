"""Control groups: what the processes of a slot may use together, where this machine lets us say so.

A slot has a leaf below its host's own group, in each hierarchy that can limit memory or processes,
and in the unified one, where a group can be killed as a whole. Nothing is made or entered for a
run. The leaves of a host that was killed are removed by the next host, which knows them by name.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import logging
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hackgym.sandboxes import owner

CONTROLLERS = {"memory": "memory", "pids": "processes"}
"""What limits, and what it limits."""

END_S = 10.0
"""How long the processes of a leaf may take to end once they are killed."""

log = logging.getLogger("hackgym.sandboxes")

_NAME = re.compile(r"hackgym-(\d+)-(\d+)-(\d+)-\d+")
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A tree of groups with the folder in it where leaves are made."""

    folder: Path
    version: int
    controllers: tuple[str, ...]
    """What can be limited in it."""


def find(process: Path = Path("/proc/self")) -> list[Hierarchy]:
    """The hierarchies of a process in which it seems allowed to make leaves."""
    try:
        own = _own_groups((process / "cgroup").read_text("utf-8"))
        mounts = list(_mounts((process / "mountinfo").read_text("utf-8")))
    except OSError:  # not Linux
        return []
    found: list[Hierarchy] = []
    for kind, root, point, options in mounts:
        names = tuple(name for name in CONTROLLERS if name in options)
        if kind == "cgroup2" and (folder := _below(point, root, own.get(""))):
            found += _unified(point, folder)
        elif names and (folder := _below(point, root, own.get(names[0]))):
            found.append(Hierarchy(folder, 1, names))
    return [each for each in found if os.access(each.folder, os.W_OK)]


def _own_groups(text: str) -> dict[str, str]:
    """A process's group by controller, that of the unified hierarchy under no name."""
    groups: dict[str, str] = {}
    for line in text.splitlines():
        _, names, path = line.split(":", 2)
        groups |= dict.fromkeys(names.split(","), path)
    return groups


def _mounts(text: str) -> Iterator[tuple[str, str, Path, list[str]]]:
    """Of each mount of groups: its kind, what of its tree it shows, where, and its options."""
    for line in text.splitlines():
        fields, _, kind_source_options = line.partition(" - ")
        kind, _, options = kind_source_options.split(" ", 2)
        if kind in ("cgroup", "cgroup2"):
            root, point = (
                re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), field)
                for field in fields.split(" ")[3:5]
            )
            yield kind, root, Path(point), options.split(",")


def _below(point: Path, root: str, group: str | None) -> Path | None:
    """The folder of a group, if the mount shows it."""
    path = PurePosixPath(group or "..")
    if ".." in path.parts or not path.is_relative_to(root):
        return None
    return point / path.relative_to(root)


def _unified(point: Path, own: Path) -> list[Hierarchy]:
    """Where leaves can be made in the unified hierarchy, with as many controllers as we have."""
    offered = _words(own / "cgroup.controllers")
    names = tuple(name for name in CONTROLLERS if name in offered)
    if not names:  # they are on the older hierarchies; leaves here are for killing
        return [Hierarchy(own, 2, ())]
    with contextlib.suppress(OSError):  # a group with processes cannot, except for the very root
        (own / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in names))
        return [Hierarchy(own, 2, names)]
    # Our parent gives all of its children what it gives us.
    may_move = own != point and os.access(own.parent / "cgroup.procs", os.W_OK)
    return [Hierarchy(own.parent, 2, names)] if may_move else []


def _words(path: Path) -> list[str]:
    try:
        return path.read_text("ascii").split()
    except OSError:
        return []


@functools.cache
def hierarchies() -> tuple[Hierarchy, ...]:
    """Where leaves can be made, found out once by making some.

    Removes the leaves that killed hosts have left there.
    """
    found = find()
    for hierarchy in found:
        sweep(hierarchy.folder)
    idle = [sys.executable, "-I", "-S", "-c", "import sys; sys.stdin.read()"]
    with subprocess.Popen(idle, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        return tuple(each for each in found if _works(each, process.pid))


def _works(hierarchy: Hierarchy, process: int) -> bool:
    try:
        leaf = Leaf([hierarchy])
    except OSError:
        return False
    try:
        leaf.enter(process)
        leaf.limit(1 << 30, 100)
    except OSError:
        return False
    finally:
        leaf.remove()
    return True


def describe() -> str:
    """What is limited for all processes of a slot together, in a few words."""
    limiting = [each for each in hierarchies() if each.controllers]
    names = [name for name in CONTROLLERS if any(name in each.controllers for each in limiting)]
    apart = "" if "memory" in names else "memory is limited per process"
    if not names:
        return f"no cgroup, {apart}"
    limited = " and ".join(CONTROLLERS[name] for name in names)
    limits = f"cgroup v{limiting[0].version} limits on {limited}"
    return f"{limits}, {apart}" if apart else limits


class Leaf:
    """One slot's group in each of some hierarchies."""

    def __init__(self, wanted: Sequence[Hierarchy]) -> None:
        """Make it. Raises OSError."""
        name = f"{_prefix()}-{next(_numbers)}"
        self._hierarchies = wanted
        self._folders = [each.folder / name for each in wanted]
        self._limits: tuple[int, int] | None = None
        try:
            for folder in self._folders:
                folder.mkdir()
        except OSError:
            self.remove()
            raise

    def enter(self, process: int) -> None:
        """Put a process into it, with all that it is going to start. Raises OSError."""
        for folder in self._folders:
            _write(folder / "cgroup.procs", process)

    def limit(self, memory_bytes: int, processes: int) -> None:
        """Limit all of its processes together, if that is not their limit already.

        Raises OSError.
        """
        if self._limits == (memory_bytes, processes):
            return
        for hierarchy, folder in zip(self._hierarchies, self._folders, strict=True):
            if "memory" in hierarchy.controllers:
                _LIMIT_MEMORY[hierarchy.version](folder, memory_bytes)
            if "pids" in hierarchy.controllers:
                _write(folder / "pids.max", processes)
        self._limits = memory_bytes, processes

    def remove(self) -> None:
        """Kill what is still in it, and remove it. It can be called twice."""
        for folder in self._folders:
            _remove(folder)


def _write(path: Path, value: object) -> None:
    path.write_text(str(value), "ascii")


# Where memory ends, the kernel kills the process of a box that has most of it; a group that ends as
# a whole (memory.oom.group) would take the slot with it.


def _limit_memory_v2(folder: Path, size: int) -> None:
    _write(folder / "memory.max", size)
    if (folder / "memory.swap.max").exists():
        _write(folder / "memory.swap.max", 0)


def _limit_memory_v1(folder: Path, size: int) -> None:
    memory, with_swap = folder / "memory.limit_in_bytes", folder / "memory.memsw.limit_in_bytes"
    # The one with swap is never to be the lower one, not even for a moment.
    grows = size > int(memory.read_text("ascii"))
    for path in (with_swap, memory) if grows else (memory, with_swap):
        if path.exists():
            _write(path, size)


_LIMIT_MEMORY = {1: _limit_memory_v1, 2: _limit_memory_v2}


# Ends of leaves.


def _prefix() -> str:
    """What the names of this process's leaves begin with: numbers of processes come again."""
    me = os.getpid()
    return f"hackgym-{owner.namespace()}-{me}-{owner.started(me)}"


def sweep(folder: Path) -> None:
    """Remove the leaves in a folder whose hosts are gone, with whatever is still in them."""
    for leaf in folder.iterdir():
        if (match := _NAME.fullmatch(leaf.name)) and leaf.is_dir():
            namespace, process, started = map(int, match.groups())
            if namespace == owner.namespace() and started != owner.started(process):
                _remove(leaf)


def _remove(leaf: Path) -> None:
    deadline = time.monotonic() + END_S
    while leaf.exists():
        try:
            leaf.rmdir()
        except OSError as error:
            if time.monotonic() > deadline:
                log.warning("a group is left: %s", error)
                return
            _kill(leaf)
            time.sleep(0.01)


def _kill(leaf: Path) -> None:
    """Begin to kill the processes in a leaf; those they start meanwhile may be left."""
    with contextlib.suppress(OSError):
        if (leaf / "cgroup.kill").exists():
            _write(leaf / "cgroup.kill", 1)
            return
        if (leaf / "pids.max").exists():
            _write(leaf / "pids.max", 0)
        for process in map(int, _words(leaf / "cgroup.procs")):
            if process > 0:  # 0 is one that this namespace has no number for
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
