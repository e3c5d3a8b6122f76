"""Where a box stands in the jail's lower tier: among all other processes, without namespaces.

What keeps it apart is what needs no privilege, and ids where the process is root: users of their
own, Landlock, the filter of system calls, and limits. `docs/sandboxes.md` says what that leaves
open. A slot is two processes: a watcher, which ends the slot with the host's process and removes
what it leaves, and the zygote.

All folders of a slot lie in one: `site`, the packages that boxes can import, as links; and per box
of a job a folder with `box`, where it works, and `tmp`.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NoReturn

from hackgym_guest import frames, landlock, linux, remains, seccomp
from hackgym_guest.isolate import BOOT, DEVICES, complain, fork
from hackgym_guest.limits import STACK_BYTES, lower

_SEMAPHORES = "/dev/shm"
"""Where the C library puts named semaphores, and multiprocessing its locks. Boxes with users of
their own can make files there, which are removed; others would have their user's own at hand."""

_ROUND = 256

NEEDED = (0, 1, 6, 7)
"""The capabilities that users of their own take: CHOWN, DAC_OVERRIDE, SETGID and SETUID."""


def has_landlock(*, users: bool) -> bool:
    """Whether Landlock can be used: its first version keeps files from changing folders.

    `users`: whether boxes have users of their own. Without, it takes scopes to end boxes for sure.
    """
    return landlock.version() >= (landlock.RENAMES if users else landlock.SCOPES)


def main(control: int) -> NoReturn:
    """Become the watcher of a new slot, whose plan comes as a frame over the control socket."""
    plan, _ = frames.read(partial(os.read, control))
    folder = tempfile.mkdtemp(prefix="hackgym-slot-")
    try:
        host = os.pidfd_open(plan["host"])
        # The slot's processes come here when the zygote ends, so that they can be ended.
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
        look = furnish(folder, plan)
        if plan["ids"]:
            _check_reach([plan["python"], *look], plan["ids"][0])
        else:
            linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
            landlock.enclose()
        zygote = fork(partial(start, plan, folder, control), control)
        frames.write(control, frames.pack({"zygote": zygote, "folder": folder, "look": look}))
        _wait(host, zygote, control)
    except OSError as error:
        complain(error, control)
    _end(plan["ids"], folder)
    os._exit(0)


def furnish(folder: str, plan: dict[str, Any]) -> list[str]:
    """Make the slot's folder; what boxes can look at."""
    os.chmod(folder, 0o711)
    site = f"{folder}/site"
    os.mkdir(site)
    for target, source in plan["binds"].items():
        if _is_package(target, plan):
            os.symlink(source, site + target.removeprefix(plan["site"]))
    return [site, *plan["binds"].values()]


def _is_package(target: str, plan: dict[str, Any]) -> bool:
    return target.startswith(plan["site"] + "/")


def _check_reach(paths: Sequence[str], uid: int) -> None:
    """Raises PermissionError for a path that another user than root cannot read."""
    read, write = os.pipe()
    if not os.fork():
        linux.become(uid)
        closed = [path for path in paths if not os.access(path, os.R_OK)]
        os.write(write, "".join(closed[:1]).encode())
        os._exit(0)
    os.close(write)
    with open(read, encoding="utf-8") as file:
        first = file.read()
    os.wait()
    if first:
        raise PermissionError(f"only root can read {first}")


def _wait(host: int, zygote: int, control: int) -> None:
    """Wait until the host, its end of the control socket or the zygote is gone; end the zygote."""
    poller = select.poll()
    poller.register(host, select.POLLIN)
    poller.register(os.pidfd_open(zygote), select.POLLIN)
    poller.register(control, select.POLLHUP)
    poller.poll()
    os.kill(zygote, signal.SIGKILL)


def _end(ids: Sequence[int], folder: str) -> None:
    """End what is left of the slot, and remove its folder."""
    with contextlib.suppress(ChildProcessError):
        while True:
            for user, warden in zip(ids[:2], ids[2:], strict=True):
                remains.kill_user(user, warden)
            if not ids:
                remains.kill_enclosed()
            os.wait()
    users: Sequence[int | None] = ids[:2] or [None, None]
    for home, uid in enumerate(users):
        if os.path.exists(f"{folder}/{home}"):
            _remove(f"{folder}/{home}", uid)
    remains.empty(folder)
    os.rmdir(folder)


def _remove(home: str, uid: int | None) -> None:
    """Remove the folder of a box that has ended."""
    if uid is None:
        remains.empty(home)
    else:
        remains.empty_as(uid, home)
    os.rmdir(home)


def start(plan: dict[str, Any], folder: str, control: int) -> None:
    """Become the zygote, with what boxes can see and no more."""
    linux.die_with_parent()
    with open("/proc/self/oom_score_adj", "r+", encoding="ascii") as score:
        score.write(str(max(int(score.read()), 500)))
    lower(resource.RLIMIT_STACK, STACK_BYTES)
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    if has_landlock(users=bool(plan["ids"])):
        landlock.restrict(_view(plan, folder), tcp=False)
    python = plan["python"]
    os.set_inheritable(control, True)
    arguments = ["-s", "-P", "-S", "-c", BOOT, "zygote", str(control), f"{folder}/site"]
    os.execv(python, [python, *arguments])


def _view(plan: dict[str, Any], folder: str) -> dict[str, int]:
    """The rights of a zygote: what boxes see of the system, its own folder, and /proc."""
    rights: dict[str, int] = {}
    hidden = {os.path.realpath(path) for path in [*plan["masks"], *plan["sites"]]}
    for target, source in plan["binds"].items():
        if _is_package(target, plan):
            rights[source] = landlock.LOOK
        else:
            rights |= _around(source, hidden)
    shared = [path for path in remains.SHARED if plan["ids"] and os.path.isdir(path)]
    rights |= dict.fromkeys((*DEVICES, *shared), landlock.CHANGE)
    return rights | {folder: landlock.CHANGE, "/proc": landlock.CHANGE}


def _around(path: str, hidden: set[str]) -> dict[str, int]:
    """Rights to look at a path, without what is hidden below it but its names."""
    if not any(each.startswith(path + "/") for each in hidden):
        return {path: landlock.LOOK}
    rights = {path: landlock.LIST}
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.path not in hidden and not entry.is_symlink():
                rights |= _around(entry.path, hidden)
    return rights


class Confined:
    """Puts boxes beside everything else, and takes away from them what can be taken away."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        """Prepare the zygote.

        Reads `folder` and `look`, as the watcher has told them, and `ids`: what a job's first and
        second box run as, and what ends each; none where this process cannot become others.
        """
        self._folder: str = plan["folder"]
        self._look: list[str] = plan["look"]
        self._ids: list[int] = plan["ids"]
        self._index = self._others = 0
        linux.die_with_parent()
        with contextlib.suppress(OSError):  # not allowed to; nobody can gain from it now
            linux.drop_bounding_set()
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        linux.prctl(linux.PR_SET_DUMPABLE, 0)
        self._landlock = has_landlock(users=bool(self._ids))
        os.environ["PYTHONPATH"] = f"{self._folder}/site"

    def pose(self) -> bool:
        """In the zygote: not possible, because boxes have folders of different names."""
        return False

    def unpose(self) -> None:
        """In the zygote: there is nothing to undo."""

    def fork(self) -> int:
        """Fork a supervisor."""
        zygote = os.getpid()
        child = linux.bare_fork()
        if not child:
            linux.die_with_parent()
            if os.getppid() != zygote:  # which has ended meanwhile
                os._exit(1)
        return child

    def enter(self, index: int, _limits: Mapping[str, Any]) -> str:
        """In a supervisor: make the box's folders, and take over its orphans."""
        with contextlib.suppress(OSError):  # gVisor has none; there a container ends with the run
            linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
        self._index = index
        if not self._ids:
            landlock.enclose()
            # Rounded up: a box can read its limit, and is not to see how many others come and go.
            self._others = -remains.count(os.geteuid()) // _ROUND * -_ROUND
        home = self._home()
        for folder in (home, f"{home}/box", f"{home}/tmp"):
            os.mkdir(folder, 0o700)
            if self._ids:
                os.chown(folder, self._ids[index], self._ids[index])
        return f"{home}/box"

    def _home(self) -> str:
        return f"{self._folder}/{self._index}"

    def volunteer(self) -> None:
        """In a box, first of all: be what the kernel kills where memory runs out."""
        linux.prctl(linux.PR_SET_DUMPABLE, 1)  # else its own /proc/self is closed to it
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
            score.write("1000")

    def drop(self, index: int) -> None:
        """In a box: become a user without any privilege."""
        if self._ids:
            linux.become(self._ids[index])
        linux.drop_capabilities()
        linux.prctl(linux.PR_SET_DUMPABLE, 1)
        os.environ["HOME"] = os.environ["TMPDIR"] = f"{self._home()}/tmp"

    def seal(self, limits: Mapping[str, Any]) -> None:
        """In a box, last of all: limit the processes, the files and the system calls."""
        lower(resource.RLIMIT_NPROC, limits["processes"] + self._others)
        lower(resource.RLIMIT_RTPRIO, 0)
        lower(resource.RLIMIT_MSGQUEUE, 0)
        lower(resource.RLIMIT_MEMLOCK, 0)
        if self._landlock:
            landlock.restrict(self._rights(), tcp=False)
        seccomp.install(seccomp.build(checks=self._checks()))

    def _rights(self) -> dict[str, int]:
        """What the zygote can look at, but for other boxes' folders and other processes."""
        rights = dict.fromkeys((*self._look, f"/proc/{os.getpid()}"), landlock.LOOK)
        shared = [_SEMAPHORES] if self._ids and os.path.isdir(_SEMAPHORES) else []
        return (
            rights
            | dict.fromkeys((*DEVICES, self._home()), landlock.CHANGE)
            | dict.fromkeys(shared, landlock.CHANGE & ~landlock.LIST)
        )

    def _checks(self) -> dict[str, tuple[seccomp.Check, ...]]:
        checks = seccomp.without_addresses()
        if not self._ids:
            checks |= seccomp.without_metadata()
        return checks

    def kill(self, _box: int) -> None:
        """In a supervisor: kill every process of the box."""
        if self._ids:
            remains.kill_user(self._ids[self._index], self._ids[self._index + 2])
        else:
            remains.kill_enclosed()

    def leave(self) -> None:
        """In a supervisor: remove what the box has left."""
        uid = self._ids[self._index] if self._ids else None
        if os.path.exists(self._home()):
            _remove(self._home(), uid)
        if uid is not None:
            remains.sweep_as(uid)
