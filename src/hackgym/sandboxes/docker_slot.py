"""A slot that is a container, spoken to over the stream attached to it."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
import time
from collections.abc import Iterator
from typing import Any

import docker
import requests

from hackgym.sandbox import Job, Preload, Ran
from hackgym.sandboxes import docker_config, docker_owner
from hackgym.sandboxes.pool import GRACE_S, OUR_LACK, START_S, Broken, answer, plan
from hackgym_guest import frames

ENGINE_S = 30
"""How long the engine may take over a request."""

FAILURES = (docker.errors.DockerException, requests.RequestException, OSError)
"""What the engine's client raises when the engine fails, or is not there."""


_UNIX = "http+unix://"


class Refused(Broken):
    """The container has started, and cannot isolate boxes in the way that was asked for."""


@contextlib.contextmanager
def connected() -> Iterator[Any]:
    """A client of the engine that DOCKER_HOST names, else of the usual one.

    Raises what is among FAILURES.
    """
    address = docker.utils.parse_host(os.environ.get("DOCKER_HOST"))
    if not address.startswith(_UNIX):
        raise OSError(f"{address}: give the unix socket of an engine on this machine")
    path = address.removeprefix(_UNIX)
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
        except OSError as error:  # where nobody listens, the client loses a descriptor
            raise OSError(f"{path}: {error.strerror}") from error
    with contextlib.closing(docker.APIClient(address, version="auto", timeout=ENGINE_S)) as engine:
        yield engine


class ContainerSlot:
    """A container with one zygote in it."""

    def __init__(self, config: dict[str, Any], place: str, preload: Preload, jobs: int) -> None:
        """Start the container.

        Args:
            config: what `docker_config.container` gives.
            place: where boxes stand in it; see `hackgym_guest.zygote`.
            preload: what the zygote has done before it is forked.
            jobs: how many it runs before it is replaced.

        Raises:
            Refused: boxes cannot stand there in that way.
            Broken: it does not start, for any other reason.
        """
        self._left = jobs
        self._memory_mb = docker_config.memory_mb()
        self._closed = False
        self._container = ""
        self._stream: Stream | None = None
        try:
            with connected() as engine:
                self._container = engine.create_container_from_config(config)["Id"]
                self._stream = attach(engine, self._container)
                engine.start(self._container)
            self._greet({"place": place, "preload": preload})
        except BaseException as error:
            self.close()
            if isinstance(error, FAILURES):
                raise Broken(f"the engine cannot start a container: {say(error)}") from error
            raise

    def _greet(self, introduction: dict[str, Any]) -> None:
        assert self._stream
        self._stream.deadline = time.monotonic() + START_S
        try:
            self._stream.send(frames.pack(introduction))
            head, _ = frames.read(self._stream.receive, 1 << 16)
        except (OSError, EOFError, ValueError) as error:
            notes = self._stream.notes or repr(error)
            raise Broken(f"the container ended while it started: {notes}") from error
        if "error" in head:
            raise Refused(str(head["error"]))

    def alive(self) -> bool:
        """Whether the slot waits for a job."""
        return not self._closed and self._stream is not None and self._stream.silent()

    def run(self, job: Job) -> tuple[Ran, ...]:
        """Run one job.

        Raises Broken, or OSError for what this process lacks; the slot must be closed then.
        """
        assert self._stream
        wall_s = max(box.limits.wall_s for box in job.boxes)
        try:
            self._make_room(docker_config.memory_mb(job))
            self._stream.deadline = time.monotonic() + wall_s + GRACE_S
            plans = [plan(box) for box in job.boxes]
            self._stream.send(b"".join([frames.pack({"boxes": len(plans)}), *plans]))
            ran = tuple(answer(self._stream.receive, box) for box in job.boxes)
        except (*FAILURES, EOFError, ValueError) as error:
            if isinstance(error, OSError) and error.errno in OUR_LACK:
                raise
            notes = self._stream.notes
            raise Broken(f"the container broke under a job: {notes or say(error)}") from error
        self._left -= 1
        if not self._left:
            self.close()
        return ran

    def _make_room(self, memory_mb: int) -> None:
        if memory_mb > self._memory_mb:
            memory = memory_mb << 20
            with connected() as engine:
                engine.update_container(self._container, mem_limit=memory, memswap_limit=memory)
            self._memory_mb = memory_mb

    def close(self) -> None:
        """End the container. It can be called twice, and while a job runs."""
        if self._closed:
            return
        self._closed = True
        if self._container:
            # Where the engine does not answer, the end of the stream is the container's end.
            with contextlib.suppress(*FAILURES), connected() as engine:
                docker_owner.remove(engine, self._container)
        if self._stream:
            self._stream.hang_up()
            self._stream.close()

    def forget(self) -> None:
        """In a fork of the host's process: the slot is not ours, it goes on without us."""
        self._closed = True
        if self._stream:
            self._stream.close()


def say(error: BaseException) -> str:
    """What a failure says, without the way that it was reported."""
    return str(getattr(error, "explanation", None) or error or repr(error))


def attach(engine: Any, container: str) -> Stream:
    """The stream of a container that is not started yet."""
    ends = {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
    attached = engine.attach_socket(container, ends)
    # The client goes on to hold the connection, and would close it when it pleases: a copy is ours.
    stream = Stream(socket.socket(fileno=os.dup(attached.fileno())))
    theirs = attached._sock  # noqa: SLF001 - there is no other way to it
    attached.close()
    theirs.close()
    return stream


_PACKET = struct.Struct(">BxxxI")
_STDOUT, _STDERR = 1, 2
_NOTES = 2000


class Stream:
    """Both directions of the stream attached to a container without a terminal.

    What we send is its input as it is. What it writes comes in packets, each with a header that
    says which output it was written to and how long it is.
    """

    def __init__(self, connection: socket.socket) -> None:
        self.deadline = time.monotonic() + START_S
        self._connection = connection
        self._received = memoryview(b"")
        self._left = 0  # of the packet
        self._notes = bytearray()

    @property
    def notes(self) -> str:
        """The last line that has been written to its standard error."""
        return self._notes.decode("utf-8", "replace").strip().rpartition("\n")[2]

    def silent(self) -> bool:
        """Whether it is open, and nothing has come that was not asked for."""
        poller = select.poll()
        poller.register(self._connection, select.POLLIN)
        return not self._received and not self._left and not poller.poll(0)

    def send(self, data: bytes) -> None:
        """Write to its input. Raises OSError."""
        self._limit()
        self._connection.sendall(data)

    def receive(self, size: int) -> bytes:
        """Up to so many bytes of its output; none at its end. Raises OSError at the deadline."""
        while not self._left:
            header = bytearray()
            while len(header) < _PACKET.size:
                part = self._take(_PACKET.size - len(header))
                if not part:
                    return b""
                header += part
            kind, length = _PACKET.unpack(header)
            if kind == _STDOUT:
                self._left = length
            elif not self._note(length):
                return b""
        part = self._take(min(size, self._left))
        self._left -= len(part)
        return part

    def _note(self, length: int) -> bool:
        while length:
            part = self._take(length)
            if not part:
                return False
            length -= len(part)
            self._notes = (self._notes + part)[-_NOTES:]
        return True

    def _take(self, size: int) -> bytes:
        if not self._received:
            self._limit()
            self._received = memoryview(self._connection.recv(1 << 16))
        part = bytes(self._received[:size])
        self._received = self._received[size:]
        return part

    def _limit(self) -> None:
        self._connection.settimeout(max(self.deadline - time.monotonic(), 0.001))

    def hang_up(self) -> None:
        """End the container's input, whoever else may hold the connection."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()
