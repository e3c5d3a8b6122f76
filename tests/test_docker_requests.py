"""What the sandbox `docker` asks of its engine: never an archive of a box, never `exec`.

An archive of a container has been a way out of it more than once (`docker cp`), and what is inside
is the attacker's. So the tests look at every request on its way to the engine.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import socket
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from docker import APIClient

from engine import BASE, Engine
from hackgym.sandbox import Box, File, Job, Sandbox, open_sandbox
from hackgym.testing.frame import PROGRAM, ended

REQUEST = re.compile(rb"(?m)^(GET|HEAD|POST|PUT|DELETE) (/\S+) HTTP/1\.1\r$")
NEVER = re.compile(r"/(archive|exec|copy|export|commit|changes|volumes|networks|plugins|swarm)\b")

LINKS = """
    import os, socket
    for name, target in {"up": "../../..", "shadow": "/etc/shadow", "loop": "loop"}.items():
        os.symlink(target, name)
    os.link("main.py", "twice")
    os.mkfifo("pipe")
    open("sparse", "w").truncate(1 << 24)
    open("n" * 255, "w").close()
    for name in os.listdir("."):
        os.path.exists(name)
"""


class Relay:
    """Stands between a client and an engine, and writes down what is requested."""

    def __init__(self, engine: str) -> None:
        self._engine = engine.removeprefix("unix://")
        self._folder = tempfile.TemporaryDirectory(prefix="hackgym-relay-")
        path = str(Path(self._folder.name, "docker.sock"))
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(path)
        self._server.listen()
        self.address = f"unix://{path}"
        self._said: list[bytearray] = []
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def requests(self) -> list[str]:
        """Each request's method and path, without the version of the interface."""
        found = []
        for said in list(self._said):
            for method, path in REQUEST.findall(bytes(said)):
                found.append(f"{method.decode()} {re.sub(r'^/v[0-9.]+', '', path.decode())}")
        return found

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._server.close()
        self._folder.cleanup()

    def _accept(self) -> None:
        serving = []
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._server.accept()
                serving.append(threading.Thread(target=self._serve, args=(client,)))
                serving[-1].start()
        for thread in serving:
            thread.join()

    def _serve(self, client: socket.socket) -> None:
        said = bytearray()
        self._said.append(said)
        with client, socket.socket(socket.AF_UNIX) as engine, contextlib.suppress(OSError):
            engine.connect(self._engine)
            others, open_ends = {client: engine, engine: client}, [client, engine]
            while open_ends:
                for source in select.select(open_ends, [], [])[0]:
                    part = source.recv(1 << 16)
                    if source is client:
                        said += part[: 1 << 12]  # a request begins a part
                    if part:
                        others[source].sendall(part)
                    else:
                        others[source].shutdown(socket.SHUT_WR)
                        open_ends.remove(source)


@pytest.fixture
def relay(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    relay = Relay(engine.address)
    monkeypatch.setenv("DOCKER_HOST", relay.address)
    yield relay
    relay.close()


@pytest.fixture
def sandbox(relay: Relay) -> Iterator[Sandbox]:
    assert os.environ["DOCKER_HOST"] == relay.address
    sandbox = open_sandbox(f"docker:base={BASE},runtime=runc", 1)
    yield sandbox
    sandbox.close()


def test_files_come_and_go_without_an_archive(sandbox: Sandbox, relay: Relay) -> None:
    files = {
        "main.py": File(textwrap.dedent(LINKS).encode()),
        "deep/er/file": File(os.urandom(1 << 16)),
        "run": File(b"", executable=True),
    }
    for _ in range(3):
        (answer,) = sandbox.run([Job((Box(PROGRAM, files),))])
        assert answer
        assert (ended(answer[0]), answer[0].stderr) == ((0, None, None), b"")
    sandbox.close()

    asked = relay.requests()
    assert any(each.startswith("POST /containers/create") for each in asked)
    assert any("/attach" in each for each in asked)
    assert [each for each in asked if NEVER.search(each)] == []
    # A run costs the engine nothing: three take one container, attached to and started once.
    assert sum("/attach" in each for each in asked) == 1


def test_an_archive_would_be_noticed(relay: Relay) -> None:
    with contextlib.closing(APIClient(relay.address, version="auto")) as client:
        made = client.create_container(BASE, ["sleep", "100"])["Id"]
        with contextlib.suppress(Exception):
            client.get_archive(made, "/etc/passwd")
        client.put_archive(made, "/", b"\0" * 1024)
        client.start(made)
        client.exec_start(client.exec_create(made, ["true"])["Id"])
        client.remove_container(made, force=True)

    noticed = [each for each in relay.requests() if NEVER.search(each)]
    assert [re.sub("[0-9a-f]{64}", "ID", each.partition("?")[0]) for each in noticed] == [
        "GET /containers/ID/archive",
        "PUT /containers/ID/archive",
        "POST /containers/ID/exec",
        "POST /exec/ID/start",
    ]
