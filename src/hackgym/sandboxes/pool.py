"""What the sandboxes of one machine share: slots, the way jobs go to them, and batches."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol, get_args

import hackgym_guest
from hackgym.errors import SandboxUnavailable
from hackgym.sandbox import Box, Job, Preload, Ran
from hackgym.sandboxes.health import Health
from hackgym_guest import control, frames, isolate
from hackgym_guest.view import environment

START_S = 60.0
"""How long a slot may take to start."""

GRACE_S = 20.0
"""How long a slot may take over a job beyond the job's own limit, before it counts as hung."""

END_S = 10.0
"""How long a slot may take to end before it is killed."""

GUEST = str(Path(hackgym_guest.__file__).parent)

PYTHON = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
"""The interpreter that boxes run: the one below a virtual environment, without what is in it."""

START = [PYTHON, "-s", "-P", "-S", "-c", isolate.BOOT]
"""Starts a module of the guest, without anything that packages or users have set up for Python."""

OUR_LACK = {errno.EMFILE, errno.ENFILE, errno.ETOOMANYREFS}
"""Errors that say that this process has no descriptors left: no job is to pay for that."""

log = logging.getLogger("hackgym.sandboxes")


class Broken(Exception):
    """A slot did not do what it should. Never a job's doing, as far as can be told."""


class Slot(Protocol):
    """One zygote with its processes, which runs one job at a time."""

    def alive(self) -> bool:
        """Whether the slot waits for a job."""

    def run(self, job: Job) -> tuple[Ran, ...]:
        """Run one job.

        Raises Broken, or OSError for what this process lacks; the slot must be closed then.
        """

    def close(self) -> None:
        """End all processes of the slot. It can be called twice, and while a job runs."""

    def forget(self) -> None:
        """In a fork of the host's process: the slot is not ours, it goes on without us."""


class ProcessSlot:
    """A slot whose processes are children of this one."""

    def __init__(
        self, module: str, folders: Sequence[str], introduce: Callable[[ProcessSlot], None]
    ) -> None:
        """Start `module` of the guest. `introduce` sends it what it needs to get ready.

        Raises Broken, or OSError for what this process lacks.
        """
        self._control, theirs = socket.socketpair()
        with theirs, contextlib.ExitStack() as on_failure:
            on_failure.callback(self._control.close)
            self._process = subprocess.Popen(
                [*START, module, str(theirs.fileno()), str(Path(GUEST).parent), *folders],
                env=environment(PYTHON),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                umask=0o022,
            )
            on_failure.pop_all()
        try:
            self._deadline = time.monotonic() + START_S
            introduce(self)
            self.hear()  # that it is ready
            self._health = Health(self.zygote())
        except BaseException:
            self.close()
            raise

    @property
    def first_process(self) -> int:
        """The process that was started; the others descend from it."""
        return self._process.pid

    def zygote(self) -> int:
        """The process that forks the boxes, once the slot is ready."""
        return self._process.pid

    def tell(self, head: dict[str, Any]) -> None:
        """Send a frame while the slot is starting. Raises Broken."""
        try:
            self._control.sendall(frames.pack(head))
        except OSError as error:
            raise Broken(f"the slot ended while it started: {error}") from error

    def hear(self) -> dict[str, Any]:
        """Wait for a frame while the slot is starting. Raises Broken."""
        try:
            head, _ = frames.read(until(self._control, self._deadline), 1 << 16)
        except (OSError, EOFError, ValueError) as error:
            raise Broken(f"the slot ended while it started: {error!r}") from error
        if "error" in head:
            raise Broken(head["error"])
        return head

    def alive(self) -> bool:
        """Whether the slot waits for a job, and is fit to run it."""
        if self._process.poll() is not None:
            return False
        complaint = self._health.complaint()
        if complaint:
            log.info("a slot is replaced: %s", complaint)
        return not complaint

    def prepare(self, job: Job) -> None:
        """Before a job is sent: do what its limits ask for. Raises OSError."""

    def run(self, job: Job) -> tuple[Ran, ...]:
        """Run one job.

        Raises Broken, or OSError for what this process lacks; the slot must be closed then.
        """
        wall_s = max(box.limits.wall_s for box in job.boxes)
        deadline = time.monotonic() + wall_s + GRACE_S
        try:
            self.prepare(job)
            with contextlib.ExitStack() as stack:
                ends = [
                    stack.enter_context(end)
                    for end in control.submit(self._control, len(job.boxes))
                ]
                for end, box in zip(ends, job.boxes, strict=True):
                    end.settimeout(max(deadline - time.monotonic(), 0.001))
                    end.sendall(plan(box))
                ran = tuple(
                    answer(until(end, deadline), box)
                    for end, box in zip(ends, job.boxes, strict=True)
                )
        except (OSError, EOFError, ValueError) as error:
            if isinstance(error, OSError) and error.errno in OUR_LACK:
                raise
            raise Broken(f"the slot broke under a job: {error!r}") from error
        self._health.count_run()
        return ran

    def close(self) -> None:
        """End all processes of the slot. It can be called twice."""
        self._control.close()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def forget(self) -> None:
        """In a fork of the host's process: the slot is not ours, it goes on without us."""
        self._control.close()
        self._process.returncode = 0


def until(connection: socket.socket, deadline: float) -> Callable[[int], bytes]:
    """A way to read that gives up at the deadline."""

    def receive(size: int) -> bytes:
        connection.settimeout(max(deadline - time.monotonic(), 0.001))
        return connection.recv(size)

    return receive


def plan(box: Box) -> bytes:
    """The frame that tells a supervisor what to run. Raises ValueError for one that is too big."""
    head = {
        "program": dict(box.program),
        "limits": asdict(box.limits),
        "files": [[path, len(file.data), file.executable] for path, file in box.files.items()],
    }
    frame = frames.pack(head, b"".join(file.data for file in box.files.values()))
    if len(frame) > frames.MAX_BYTES:
        raise ValueError(f"a box of {len(frame)} bytes is over {frames.MAX_BYTES}")
    return frame


def answer(receive: Callable[[int], bytes], box: Box) -> Ran:
    """Read what became of a box. Raises EOFError, or ValueError where there is no saying."""
    most = 3 * (box.limits.output_kb << 10) + (1 << 12)
    head, raw = frames.read(receive, most)
    if "fault" in head:
        raise ValueError(head["fault"])
    stdout, stderr, report = _split(raw, head["sizes"])
    return Ran(
        exit_code=head["exit_code"],
        signal=head["signal"],
        stopped=head["stopped"],
        report=report,
        stdout=stdout,
        stderr=stderr,
        wall_s=head["wall_s"],
    )


def _split(raw: bytes, sizes: Sequence[int]) -> Iterator[bytes]:
    at = 0
    for size in sizes:
        yield raw[at : at + size]
        at += size


class _Batch:
    """Jobs on their way, what has come of them, and the slots that run some of them now."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self.answers: list[tuple[Ran, ...] | None] = [None] * len(jobs)
        self.waiting = deque(enumerate(jobs))
        self.failures: list[Exception] = []
        self.stopped = False
        self._running: set[Slot] = set()

    def next(self) -> tuple[int, Job] | None:
        """A job that nobody has taken yet, with its place in the batch."""
        try:
            return self.waiting.popleft()
        except IndexError:
            return None

    def run(self, job: Job, slot: Slot) -> tuple[Ran, ...]:
        """Run one job in a slot that `stop` can close meanwhile. Raises as `Slot.run`."""
        self._running.add(slot)
        try:
            if self.stopped:
                raise Broken("the batch has been stopped")
            return slot.run(job)
        finally:
            self._running.discard(slot)

    def stop(self) -> None:
        """End the jobs that are running, and start no others."""
        self.waiting.clear()
        self.stopped = True
        while self._running:
            self._running.pop().close()


class Pool:
    """Slots of one kind of sandbox: started when needed, kept, and replaced when they break."""

    name: str
    isolation: str

    def __init__(self, workers: int | None = None) -> None:
        """Start nothing yet. `workers`: how many jobs to run at a time."""
        if workers is not None and workers < 1:
            raise ValueError(f"workers is {workers}; it must be 1 or more")
        self._workers = workers or _usable_cores()
        self._idle: dict[Preload, list[Slot]] = {preload: [] for preload in get_args(Preload)}
        self._busy = threading.BoundedSemaphore(self._workers)
        self._end = weakref.finalize(self, _close_all, self._idle)
        _pools.add(self)

    def start(self, preload: Preload) -> Slot:
        """Start a slot. Raises Broken, or OSError for what this process lacks."""
        raise NotImplementedError

    def run(self, jobs: Sequence[Job]) -> list[tuple[Ran, ...] | None]:
        """Run jobs, several at a time, and answer in their order. See `hackgym.sandbox`."""
        batch = _Batch(jobs)
        helpers = [
            threading.Thread(target=self._work, args=[batch], name="hackgym-sandbox", daemon=True)
            for _ in range(min(self._workers, len(jobs)) - 1)
        ]
        try:
            for helper in helpers:
                helper.start()
            self._work(batch)
            for helper in helpers:
                helper.join()
        except BaseException:  # an interrupt: nobody waits for what is running
            batch.stop()
            for helper in helpers:
                if helper.ident:  # it has been started
                    helper.join(END_S)
            raise
        if batch.failures:
            raise batch.failures.pop(0)  # which must not hold on to itself through this frame
        return batch.answers

    def _work(self, batch: _Batch) -> None:
        try:
            while (each := batch.next()) is not None:
                index, job = each
                batch.answers[index] = self._run_one(job, batch)
        except Exception as failure:  # noqa: BLE001 - raised in the caller's thread
            batch.failures.append(failure)
            batch.waiting.clear()

    def _run_one(self, job: Job, batch: _Batch) -> tuple[Ran, ...] | None:
        preload = job.boxes[0].preload
        with self._busy:
            try:
                slot = self._take(preload)
            except (Broken, OSError) as error:
                message = f"the sandbox {self.name!r} cannot start: {error}"
                raise SandboxUnavailable(message) from error
            try:
                ran = batch.run(job, slot)
            except Broken as error:
                if not batch.stopped:  # else it was closed under the job
                    log.warning("%s", error)
                slot.close()
                return None
            except OSError as error:
                slot.close()
                message = f"the sandbox {self.name!r} cannot take a job: {error}"
                raise SandboxUnavailable(message) from error
            except BaseException:
                slot.close()
                raise
            self._idle[preload].append(slot)
            return ran

    def _take(self, preload: Preload) -> Slot:
        while True:
            try:
                slot = self._idle[preload].pop()
            except IndexError:
                return self.start(preload)
            if slot.alive():
                return slot
            slot.close()

    def forget(self) -> None:
        """In a fork of the host's process: leave the slots to the process that started them."""
        for slots in self._idle.values():
            while slots:
                slots.pop().forget()
        self._busy = threading.BoundedSemaphore(self._workers)

    def close(self) -> None:
        """End every process that the sandbox holds. It can be called twice."""
        _close_all(self._idle)


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _close_all(idle: Mapping[Preload, list[Slot]]) -> None:
    for slots in idle.values():
        while slots:
            slots.pop().close()


_pools: weakref.WeakSet[Pool] = weakref.WeakSet()


def _forget_all() -> None:
    for pool in _pools:
        pool.forget()


os.register_at_fork(after_in_child=_forget_all)
