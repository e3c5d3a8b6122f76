"""The server of a slot: a process that has imported everything and forks a supervisor per box.

It never sees what is in a job. Over its control socket come descriptors, one per box; a box's files
and results pass over that descriptor between the host and the supervisor alone. So nothing of one
box can be found in the memory of another, at the same time or later.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pkgutil
import signal
import site
import socket
import sys
from functools import partial

from hackgym_guest import frames, isolate, plain, supervisor

MAX_BOXES = 2


def main(control: int) -> None:
    """Serve jobs until the host closes the control socket. The plan comes as the first frame."""
    try:
        plan, _ = frames.read(partial(os.read, control))
        place = (isolate.Jail if plan["jail"] else plain.Plain)(plan)
        _settle()
        _preload(plan["preload"])
        frames.write(control, frames.pack({"ready": True}))
    except BaseException as error:  # told to the host, which decides
        frames.write(control, frames.pack({"error": f"{type(error).__name__}: {error}"}))
        os._exit(1)
    with socket.socket(fileno=control) as connection:
        while _serve(connection, place):
            pass
    os._exit(0)


def _settle() -> None:
    """Be what a fresh interpreter is: boxes are copies of this process."""
    # The host may ignore and block signals; a box gets them as from a shell.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in signal.valid_signals() - {signal.SIGPIPE, signal.SIGXFSZ}:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    # The host is the only one to end a slot; boxes get Python's handler back.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.argv = [""]
    # Python was started without `site`, which would run the code that packages install in it.
    site.setquit()
    site.setcopyright()
    site.sethelper()


def _preload(kind: str) -> None:
    """Import what boxes are going to use, and put it out of the garbage collector's sight."""
    importlib.import_module("hackgym_guest.runner")
    if kind == "pytest":
        importlib.import_module("pytest")
        package = importlib.import_module("_pytest")
        for module in pkgutil.walk_packages(package.__path__, "_pytest."):
            with contextlib.suppress(ImportError):  # some ask for what is not installed
                importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def _serve(connection: socket.socket, place: supervisor.Place) -> bool:
    """Run one job; False when there are no more."""
    message, descriptors, _, _ = socket.recv_fds(connection, 1, MAX_BOXES)
    if not message:
        return False
    # A box's channel leads to the other box; that of a lone one says at once that nothing comes.
    pair = socket.socketpair()
    if len(descriptors) == 1:
        pair[1].shutdown(socket.SHUT_WR)
    ends = [end.detach() for end in pair]
    supervisors = []
    for index, descriptor in enumerate(descriptors):
        child = place.fork()
        if not child:
            others = {connection.detach(), *descriptors, *ends} - {descriptor, ends[index]}
            if len(descriptors) == 1:
                others.remove(ends[1])
            _close(others)
            supervisor.supervise(place, index, descriptor, ends[index])
        supervisors.append(child)
    _close({*descriptors, *ends})
    for child in supervisors:
        os.waitpid(child, 0)
    return True


def _close(descriptors: set[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
