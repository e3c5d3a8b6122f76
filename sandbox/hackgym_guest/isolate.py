"""Where a box stands in the jail: a small read-only root, namespaces, and no privileges.

A slot of the jail is three processes: a watcher, which ends the others with the host's process; a
builder, which holds the slot's user namespace; and in it the zygote, which forks boxes. As root the
builder makes the new root before it gives up being root, because Python may lie in a folder that
only root can enter. An ordinary user can make a root only within a user namespace of their own.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from hackgym_guest import frames, landlock, linux, seccomp
from hackgym_guest.limits import STACK_BYTES, lower
from hackgym_guest.session import WORK

SCRATCH = "/tmp"

DEVICES = ("/dev/null", "/dev/zero", "/dev/full")
"""The devices that a box can write to."""

_RIGHTS = {"/": landlock.LOOK} | dict.fromkeys((WORK, SCRATCH, *DEVICES), landlock.CHANGE)

_OWN_PROCESSES = 4  # the builder, the zygote and two supervisors

_SLOT = (
    linux.CLONE_NEWUSER
    | linux.CLONE_NEWNS
    | linux.CLONE_NEWPID
    | linux.CLONE_NEWNET
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
    | linux.CLONE_NEWCGROUP
)
# A box takes fresh ones only of what it could leave something in: the filter refuses whatever would
# touch the slot's IPC, UTS and cgroup namespaces.
_BOX = linux.CLONE_NEWNS | linux.CLONE_NEWNET

BOOT = (
    "import sys; sys.path += sys.argv[3:]; import importlib; "
    "importlib.import_module('hackgym_guest.' + sys.argv[1]).main(int(sys.argv[2]))"
)
"""A program for `python -c`: arguments are a module, the control descriptor, and folders."""


def main(control: int) -> None:
    """Become the watcher of a new slot, whose plan comes as a frame over the control socket."""
    plan, _ = frames.read(partial(os.read, control))
    try:
        host = os.pidfd_open(plan["host"])
        if plan["root"]:
            linux.unshare(linux.CLONE_NEWNS | linux.CLONE_NEWPID)
    except OSError as error:
        complain(error, control)
        os._exit(1)
    builder = fork(partial(_build, plan, control), control)
    frames.write(control, frames.pack({"pid": builder}))
    if plan["root"]:
        linux.become(plan["ids"][0])
    _watch(host, builder, control)


def fork(work: Callable[[], None], control: int) -> int:
    """Do some work in a child, which tells the host what goes wrong in it."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException as error:
        complain(error, control)
    os._exit(1)


def complain(error: BaseException, control: int) -> None:
    """Tell the host what went wrong."""
    note = "".join(traceback.format_exception_only(error)).strip()
    frames.write(control, frames.pack({"error": note}))


def _watch(host: int, builder: int, control: int) -> NoReturn:
    """Wait until the host, its end of the control socket or the slot is gone; leave nothing."""
    # The slot's processes come here when the builder ends, so that their end can be waited for.
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    poller = select.poll()
    poller.register(host, select.POLLIN)
    poller.register(os.pidfd_open(builder), select.POLLIN)
    poller.register(control, select.POLLHUP)
    poller.poll()
    os.kill(builder, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    os._exit(0)


def _build(plan: dict[str, Any], control: int) -> None:
    linux.die_with_parent()
    # Where memory runs out, the kernel is to take a box, then the slot, and never the host.
    with open("/proc/self/oom_score_adj", "r+", encoding="ascii") as score:
        score.write(str(max(int(score.read()), 500)))
    # The zygote's standard files and its limits are the box's too.
    lower(resource.RLIMIT_STACK, STACK_BYTES)
    if plan["root"]:
        _make_root(plan)
    linux.unshare(_SLOT)
    frames.write(control, frames.pack({"unshared": True}))
    frames.read(partial(os.read, control))  # the host has written the maps of ids
    if plan["root"]:
        linux.become(0)
    linux.die_with_parent()
    zygote = fork(partial(_start, plan, control), control)
    os.close(control)
    os.waitpid(zygote, 0)


def _start(plan: dict[str, Any], control: int) -> None:
    """Become the zygote: the first process in the slot's namespace of processes."""
    linux.die_with_parent()
    if not plan["root"]:
        _make_root(plan)
        linux.keep_capabilities_over_exec()
    socket.sethostname("box")
    python = plan["python"]
    os.set_inheritable(control, True)
    arguments = ["-s", "-P", "-S", "-c", BOOT, "zygote", str(control), plan["site"]]
    os.execv(python, [python, *arguments])


def write_maps(process: int, guest_ids: list[int], host_ids: list[int], *, root: bool) -> None:
    """From outside, for the builder: which ids of its user namespace are which of ours."""
    folder = Path(f"/proc/{process}")
    if not root:
        # The kernel asks for it; otherwise a group could be left that takes rights away.
        (folder / "setgroups").write_text("deny", "ascii")
    for kind, ids in (("uid", host_ids), ("gid", host_ids if root else [os.getegid()])):
        lines = [f"{inside} {outside} 1\n" for inside, outside in zip(guest_ids, ids, strict=True)]
        (folder / f"{kind}_map").write_text("".join(lines), "ascii")


# The root of a slot.


def _make_root(plan: dict[str, Any]) -> None:
    """Build a root that holds only what the plan names, and enter it."""
    linux.mount("", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    root = "/sys"  # always there, and nothing of it is needed
    linux.mount("root", root, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "size=1m,mode=755")
    for folder in ("/proc", "/dev", WORK, SCRATCH):
        os.makedirs(root + folder)
    for path, text in plan["texts"].items():
        _place(root + path, text)
    for path, target in plan["links"].items():
        os.makedirs(os.path.dirname(root + path), exist_ok=True)
        os.symlink(target, root + path)
    # An outer folder comes before what is bound within it.
    for target, source in sorted(plan["binds"].items()):
        _bind(source, root + target)
    for target in plan["masks"]:
        linux.mount("mask", root + target, "tmpfs", options="size=4k,nr_inodes=1,mode=755")
    for target in plan["sites"]:
        _bind(root + plan["site"], root + target)
    linux.restrict_mount(root, linux.MS_RDONLY | linux.MS_NOSUID)
    flags = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
    try:
        linux.mount("proc", root + "/proc", "proc", flags)
    except PermissionError:  # where the one around us cannot be written to
        linux.mount("proc", root + "/proc", "proc", flags | linux.MS_RDONLY)
    linux.pivot_root(root)


def _place(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    Path(path).write_text(text, "utf-8")


def _bind(source: str, target: str) -> None:
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    elif not os.path.exists(target):
        _place(target, "")
    linux.mount(source, target, flags=linux.MS_BIND | linux.MS_REC)


# The boxes of a slot.


def has_landlock() -> bool:
    """Whether Landlock is a second layer here; its first version would keep files from moving."""
    return landlock.version() >= landlock.RENAMES


class Jail:
    """Puts boxes into namespaces of their own, below the zygote's."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        """Prepare the zygote. Reads `uids`: what a job's first and second box run as."""
        self._uids: list[int] = plan["uids"]
        self._one_user = len(set(self._uids)) == 1
        linux.die_with_parent()
        self._slot_processes = os.open("/proc/self/ns/pid", os.O_RDONLY)
        self._proc = os.open("/proc", os.O_PATH)  # boxes can write only to this one
        linux.drop_bounding_set()
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        linux.prctl(linux.PR_SET_DUMPABLE, 0)
        self._landlock = has_landlock()
        self._filter = seccomp.build()

    def pose(self) -> bool:
        """In the zygote: stand in a box's working folder, with some scratch space."""
        os.chdir(WORK)
        linux.mount("scratch", SCRATCH, "tmpfs", options="size=256k,mode=1777")
        return True

    def unpose(self) -> None:
        """In the zygote: let go of the scratch space."""
        linux.detach(SCRATCH)

    def fork(self) -> int:
        """Fork a supervisor as the first process of a new namespace of processes."""
        linux.unshare(linux.CLONE_NEWPID)
        child = linux.bare_fork()
        if child:
            linux.setns(self._slot_processes, linux.CLONE_NEWPID)
        return child

    def enter(self, index: int, limits: Mapping[str, Any]) -> str:
        """In a supervisor: take the box's other namespaces, and name its working folder."""
        linux.unshare(_BOX)
        flags = linux.MS_NOSUID | linux.MS_NODEV
        size = f"size={limits['scratch_mb']}m,nr_inodes={limits['scratch_files']}"
        owner = f"uid={self._uids[index]},gid={self._uids[index]}"
        linux.mount("work", WORK, "tmpfs", flags, f"{size},{owner},mode=700")
        linux.mount("scratch", SCRATCH, "tmpfs", flags, f"{size},mode=1777")
        flags |= linux.MS_NOEXEC | linux.MS_RDONLY
        linux.mount("proc", "/proc", "proc", flags, "subset=pid,hidepid=2")
        return WORK

    def volunteer(self) -> None:
        """In a box, first of all: be what the kernel kills where memory runs out."""
        linux.prctl(linux.PR_SET_DUMPABLE, 1)  # else its own /proc/self is closed to it
        with contextlib.suppress(OSError):
            score = os.open("self/oom_score_adj", os.O_WRONLY, dir_fd=self._proc)
            os.write(score, b"1000")
            os.close(score)

    def drop(self, index: int) -> None:
        """In a box: become a user without any privilege."""
        if not self._one_user:
            linux.become(self._uids[index])
        linux.drop_capabilities()
        linux.prctl(linux.PR_SET_DUMPABLE, 1)  # else its own /proc/self is closed to it

    def seal(self, limits: Mapping[str, Any]) -> None:
        """In a box, last of all: limit the processes, the files and the system calls."""
        # A user who is alone in the slot shares this count with the slot's own processes.
        most = limits["processes"] + (_OWN_PROCESSES if self._one_user else 0)
        lower(resource.RLIMIT_NPROC, most)
        lower(resource.RLIMIT_RTPRIO, 0)
        lower(resource.RLIMIT_MSGQUEUE, 0)
        lower(resource.RLIMIT_MEMLOCK, 0)
        if self._landlock:
            landlock.restrict(_RIGHTS)
        seccomp.install(self._filter)

    def kill(self, _box: int) -> None:
        """In a supervisor: kill everything else in the box."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)

    def leave(self) -> None:
        """In a supervisor: nothing is left that does not end with it."""
