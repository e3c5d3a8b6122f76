"""The supervisor of one box: reads what is to run, watches over it, and tells what became of it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from hackgym_guest import box, frames

START_S = 20.0
"""How long a box may take before its program starts; longer is our own failure."""


class Place(Protocol):
    """Where boxes stand: in the jail, or beside everything else."""

    def pose(self) -> bool:
        """In the zygote: look like a box while a session starts, which boxes go on with.

        False where it cannot, because each box has a folder of another name.
        """

    def unpose(self) -> None:
        """In the zygote: leave nothing of `pose` but the working folder's name."""

    def fork(self) -> int:
        """In the zygote: fork a supervisor."""

    def enter(self, index: int, limits: Mapping[str, Any]) -> str:
        """In a supervisor: make the place of a box, and name its working folder."""

    def volunteer(self) -> None:
        """In a box, first of all: be what the kernel kills where memory runs out."""

    def drop(self, index: int) -> None:
        """In a box: give up what privileges there are."""

    def seal(self, limits: Mapping[str, Any]) -> None:
        """In a box, last before its program starts."""

    def kill(self, box: int) -> None:
        """In a supervisor: kill every process of the box."""

    def leave(self) -> None:
        """In a supervisor, last of all."""


class Abandoned(Exception):
    """The host has hung up."""


def supervise(place: Place, index: int, host: int, channel: int) -> dict[str, Any]:
    """Run the box whose plan comes over `host`, answer there, and end this process.

    Returns only in the first process of the box, with the program that it is to run.
    """
    answer, status = b"", 0
    try:
        plan, data = frames.read(partial(os.read, host))
        folder = place.enter(index, plan["limits"])
        pipes = [os.pipe() for _ in range(4)]  # stdout, stderr, report, and how the start went
        woken = _wake_on_child()
        child = os.fork()
        if not child:
            out, err, report, started = (write for _, write in pipes)
            return box.settle(
                place, index, plan, data, folder, (out, err, channel, report, started)
            )
        for write in (channel, *(write for _, write in pipes)):
            os.close(write)
        watch = Watch(child, [read for read, _ in pipes], plan["limits"])
        try:
            watch.run(host, woken)
        finally:
            watch.end_all(place)
        answer = watch.answer()
    except Abandoned:
        status = 1
    except BaseException as error:
        answer = frames.pack({"fault": f"{type(error).__name__}: {error}"})
    with contextlib.suppress(OSError):
        place.leave()
        frames.write(host, answer)
    os._exit(status)


def _wake_on_child() -> int:
    """A descriptor that becomes readable when a child ends."""
    read, write = os.pipe()
    os.set_blocking(read, False)
    os.set_blocking(write, False)
    signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    return read


class Output:
    """What a box has written to one descriptor, up to a limit."""

    def __init__(self, descriptor: int, limit: int) -> None:
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor
        self.data = bytearray()
        self.over = False
        self._limit = limit

    def read(self) -> bool:
        """Take what there is now; False at the end, or when there is nothing."""
        try:
            part = os.read(self.descriptor, 1 << 16)
        except BlockingIOError:
            return False
        room = self._limit - len(self.data)
        self.data += part[:room]
        self.over |= len(part) > room
        return bool(part)


class Watch:
    """Follows one box from its fork to the end of its last process."""

    def __init__(self, child: int, pipes: list[int], limits: Mapping[str, Any]) -> None:
        self._child = child
        self._outputs = [Output(each, limits["output_kb"] << 10) for each in pipes[:-1]]
        self._start = Output(pipes[-1], 1 << 12)
        self._limits = limits
        self._status: int | None = None
        self._stopped: str | None = None
        self._began = self._ended = time.monotonic()
        self._deadline = self._began + START_S

    def run(self, host: int, woken: int) -> None:
        """Wait until the box's first process ends or a limit is passed.

        Raises Abandoned when the host hangs up.
        """
        readable = {output.descriptor: output for output in [*self._outputs, self._start]}
        poller = select.poll()
        for descriptor in (*readable, host, woken):
            poller.register(descriptor, select.POLLIN)
        while self._status is None and self._stopped is None:
            left = self._deadline - time.monotonic()
            if left <= 0:
                self._stopped = "wall"
            for descriptor, _ in poller.poll(max(left, 0) * 1000):
                if descriptor == host:
                    raise Abandoned
                if descriptor == woken:
                    os.read(woken, 512)
                    self._reap(os.WNOHANG)
                elif not readable[descriptor].read():
                    poller.unregister(descriptor)
                elif descriptor == self._start.descriptor:
                    self._began = time.monotonic()
                    self._deadline = self._began + self._limits["wall_s"]
            if any(output.over for output in self._outputs):
                self._stopped = "output"

    def _reap(self, flags: int) -> bool:
        """Take note of ended children; whether there may be more."""
        try:
            while (ended := os.waitpid(-1, flags))[0]:
                if ended[0] == self._child:
                    self._status = ended[1]
                    self._ended = time.monotonic()
                if not flags:
                    break
        except ChildProcessError:
            return False
        return True

    def end_all(self, place: Place) -> None:
        """Kill every process of the box, wait for their ends, and read what they left."""
        while True:
            place.kill(self._child)
            if not self._reap(0):
                break
        for output in [*self._outputs, self._start]:
            # Whoever might still write is in another box, and a limit holds for it too.
            while not output.over and output.read():
                pass

    def answer(self) -> bytes:
        """The frame that tells the host what became of the box."""
        if self._start.data != box.STARTED:
            note = self._start.data.decode("utf-8", "replace")
            return frames.pack({"fault": note or "the box ended before its program started"})
        if any(output.over for output in self._outputs):
            self._stopped = "output"
        code = None
        if self._stopped is None and self._status is not None:
            code = os.waitstatus_to_exitcode(self._status)
        head = {
            "exit_code": code if code is not None and code >= 0 else None,
            "signal": -code if code is not None and code < 0 else None,
            "stopped": self._stopped,
            "wall_s": self._ended - self._began,
            "sizes": [len(output.data) for output in self._outputs],
        }
        return frames.pack(head, b"".join(output.data for output in self._outputs))
