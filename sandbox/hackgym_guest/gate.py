"""The first process of a container: holds one slot, and passes jobs and answers on.

The stream to the host is its standard input and output. From there come a plan for the slot and
then jobs: a head that says how many boxes, and a frame for each; their answers go back in the same
order. No box has a descriptor of the stream, nor a way to one: it is in another process, which no
process of the same user can look into.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

from hackgym_guest import confined, control, frames, isolate, linux, view

OUTPUT = 1


def main(stream: int) -> NoReturn:
    """Serve until the host hangs up. Whatever goes wrong ends the container, and the host sees."""
    linux.prctl(linux.PR_SET_DUMPABLE, 0)
    signal.signal(signal.SIGCHLD, _reap)
    plan, _ = frames.read(partial(os.read, stream))
    try:
        slot = _start(plan)
        ready = _hear(slot.fileno())
    except OSError as error:
        _tell(OUTPUT, {"error": str(error)})
        os._exit(1)
    _tell(OUTPUT, ready)
    poller = select.poll()
    poller.register(stream, 0)  # only for its end
    with contextlib.suppress(EOFError):
        while True:
            _pass_job(stream, slot, poller)
    os._exit(0)


def _reap(_signal: int, _frame: object) -> None:
    """The first process inherits every process whose parent has ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _start(plan: dict[str, Any]) -> socket.socket:
    """Start the slot; what comes next over its control socket is that it is ready."""
    ours, theirs = socket.socketpair()
    seen = view.system(os.path.realpath(sys.executable))
    about = _PLACES[plan["place"]](seen, _Child(ours, theirs))
    theirs.close()
    _tell(ours.fileno(), {**about, "place": plan["place"], "preload": plan["preload"]})
    return ours


class _Child:
    """A child of the gate that is to become a zygote, at the other end of a control socket."""

    def __init__(self, ours: socket.socket, theirs: socket.socket) -> None:
        self._ours = ours
        self._theirs = theirs

    def run(self, become: Callable[[int], None]) -> None:
        """Start it. `become` is given its end of the control socket."""
        isolate.fork(partial(self._run, become), self._theirs.fileno())

    def _run(self, become: Callable[[int], None]) -> None:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):  # nothing of the stream
            os.dup2(nothing, standard)
        self._ours.close()
        os.environ.clear()
        os.environ.update(view.environment(os.path.realpath(sys.executable)))
        linux.prctl(linux.PR_SET_DUMPABLE, 1)
        become(self._theirs.fileno())

    def tell(self, head: dict[str, Any]) -> None:
        _tell(self._ours.fileno(), head)

    def hear(self) -> dict[str, Any]:
        return _hear(self._ours.fileno())


def _isolate(seen: dict[str, Any], child: _Child) -> dict[str, Any]:
    """Start what makes namespaces for boxes; what the zygote is to know of them."""
    seen["binds"][view.SITE] = view.SITE
    child.run(isolate.main)
    child.tell({**seen, "host": os.getpid(), "root": False, "ids": [os.geteuid()]})
    told = child.hear() | child.hear()
    ids = [1000]
    isolate.write_maps(told["pid"], ids, [os.geteuid()], root=False)
    child.tell({"mapped": True})
    return {"uids": ids * 2}


def _confine(seen: dict[str, Any], child: _Child) -> dict[str, Any]:
    """Start a zygote whose boxes are users of their own; what it is to know of them.

    Nobody watches over it: it ends with the container.
    """
    seen["ids"] = [1000, 1001, 1002, 1003]
    packages = [f"{view.SITE}/{name}" for name in os.listdir(view.SITE)]
    seen["binds"] |= {path: path for path in packages}
    folder = "/tmp/slot"  # always the same: boxes can see it
    os.mkdir(folder)
    look = confined.furnish(folder, seen)
    child.run(partial(confined.start, seen, folder))
    return {"folder": folder, "look": look, "ids": seen["ids"]}


_PLACES = {"jail": _isolate, "confined": _confine}


def _tell(descriptor: int, head: dict[str, Any]) -> None:
    frames.write(descriptor, frames.pack(head))


def _hear(descriptor: int) -> dict[str, Any]:
    head, _ = frames.read(partial(os.read, descriptor), 1 << 16)
    if "error" in head:
        raise OSError(head["error"])
    return head


def _pass_job(stream: int, slot: socket.socket, poller: select.poll) -> None:
    """Pass one job to the slot, and its answers back. Raises EOFError when there is none."""
    job, _ = frames.read(partial(os.read, stream))
    boxes = control.submit(slot, job["boxes"])
    for box in boxes:
        frames.pass_on(partial(os.read, stream), box.fileno())
    for box in boxes:
        poller.register(box, select.POLLIN)
        frames.pass_on(partial(_receive, poller, stream, box), OUTPUT)
        poller.unregister(box)
        box.close()


def _receive(poller: select.poll, stream: int, box: socket.socket, size: int) -> bytes:
    """What a box's supervisor sends next. Raises EOFError when the host hangs up meanwhile."""
    if any(descriptor == stream for descriptor, _ in poller.poll()):
        raise EOFError("the host has hung up")
    return box.recv(size)
