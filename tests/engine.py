"""A real Docker engine, started for the tests and ended with all that it has started.

It stands in namespaces of processes and mounts of its own, so that nothing of it can be left: no
container, no mount, nothing in /run. The base image comes from Debian's packages, without an image
hub; it is made once and kept in the user's cache.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import docker
import pytest

REQUIRED = "HACKGYM_NEEDS_DOCKER"
"""Where this environment variable is set, tests fail instead of skipping without an engine."""

BASE = "hackgym-test/python:bookworm"
RUNTIMES: dict[str, list[str]] = {
    "crun": [],
    # gVisor's kvm platform hangs on machines that are virtual themselves.
    "runsc": ["--platform=ptrace", "--network=none", "--ignore-cgroups"],
}
START_S = 60.0

_NEEDED = ("dockerd", "runc", "debootstrap", "unshare")
_PACKAGES_FOLDERS = ("./var/cache/apt/*", "./var/lib/apt/lists/*", "./proc/*", "./sys/*", "./dev/*")

# The first process of the engine's namespaces: its end is the end of everything in them.
_INIT = """
import os, signal, subprocess, sys
command, log = sys.argv[2:], open(sys.argv[1], "ab")
for folder in "/run", "/etc/docker":
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=True)
if os.path.exists("/sys/fs/cgroup/unified"):  # crun knows the old cgroups and the new, not both
    subprocess.run(["umount", "/sys/fs/cgroup/unified"], check=True)

def reap(*_):
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass

signal.signal(signal.SIGCHLD, reap)
for line in sys.stdin:
    if line == "start\\n":
        daemon = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    elif line == "kill\\n":
        daemon.kill()
        daemon.wait()
    elif line == "stop\\n":
        daemon.terminate()
        daemon.wait()
    print("done", flush=True)
"""


class Engine:
    """A Docker engine of our own, under `address`. Use it within `with`."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="hackgym-engine-"))
        self._group = self._folder.name
        self._log = self._folder / "log"
        self.address = f"unix://{self._folder}/docker.sock"
        self.runtimes = ["runc", *(name for name in RUNTIMES if shutil.which(name))]

    def __enter__(self) -> Self:
        """Start it, with the base image."""
        try:
            self._made_settings = not Path("/etc/docker").exists()
            Path("/etc/docker").mkdir(exist_ok=True)
            self._init = subprocess.Popen(
                [
                    *("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"),
                    *(sys.executable, "-I", "-u", "-c", _INIT, self._log),
                    *("dockerd", "--config-file", self._settings()),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                bufsize=1,
            )
            self.start()
            with contextlib.closing(self.client()) as client:
                client.import_image(str(base_archive()), repository=BASE)
        except BaseException:
            self.__exit__()
            raise
        return self

    def _settings(self) -> str:
        settings = {
            "data-root": f"{self._folder}/data",
            "exec-root": f"{self._folder}/exec",
            "pidfile": f"{self._folder}/pid",
            "hosts": [self.address],
            "bridge": "none",
            "iptables": False,
            "ip-masq": False,
            "cgroup-parent": f"/{self._group}",
            "runtimes": {
                name: {"path": shutil.which(name), "runtimeArgs": RUNTIMES[name]}
                for name in self.runtimes
                if name in RUNTIMES
            },
        }
        path = self._folder / "daemon.json"
        path.write_text(json.dumps(settings), "utf-8")
        return str(path)

    def start(self) -> None:
        """Start the daemon, and wait until it answers."""
        self._order("start")
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            with socket.socket(socket.AF_UNIX) as probe, contextlib.suppress(OSError):
                probe.connect(self.address.removeprefix("unix://"))
                self.client().close()
                return
            threading.Event().wait(0.1)
        raise AssertionError("dockerd does not answer: " + self._log.read_text()[-2000:])

    def kill(self) -> None:
        """Kill the daemon, and nothing else."""
        self._order("kill")

    def stop(self) -> None:
        """End the daemon in order."""
        self._order("stop")

    def _order(self, what: str) -> None:
        assert self._init.stdin
        assert self._init.stdout
        self._init.stdin.write(f"{what}\n")
        assert self._init.stdout.readline() == "done\n"

    def client(self) -> Any:
        """A client of the engine; close it."""
        return docker.APIClient(self.address, version="auto")

    def __exit__(self, *_exception: object) -> None:
        """End the daemon and everything that it has started, and remove all of its files."""
        if hasattr(self, "_init"):
            with contextlib.suppress(AssertionError, OSError):
                self.stop()
            self._init.kill()
            self._init.communicate()
        shutil.rmtree(self._folder)
        if self._made_settings:
            Path("/etc/docker").rmdir()
        for top in Path("/sys/fs/cgroup").glob(f"**/{self._group}"):
            for group, _, _ in os.walk(top, topdown=False):
                Path(group).rmdir()


def base_archive() -> Path:
    """A tar archive of a small Debian with Python, made when there is none yet."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hackgym"
    archive = cache / "bookworm-python3.tar"
    if not archive.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            root, made = f"{folder}/root", Path(folder, archive.name)
            include = ["--variant=minbase", "--include=python3"]
            _quietly("debootstrap", *include, "bookworm", root)
            without = [f"--exclude={pattern}" for pattern in _PACKAGES_FOLDERS]
            _quietly("tar", "-C", root, *without, "-cf", str(made), ".")
            made.replace(archive)
    return archive


def _quietly(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-1000:]}{done.stderr[-1000:]}"


def running_engine() -> Iterator[Engine]:
    """For a fixture: an engine, or a skip that says why there is none."""
    missing = [name for name in _NEEDED if not shutil.which(name)]
    if os.geteuid() != 0:
        missing.append("root")
    if missing and not os.environ.get(REQUIRED):
        pytest.skip(f"an engine of our own needs {', '.join(missing)}")
    assert not missing, f"{REQUIRED} is set, but there is no {', '.join(missing)}"
    with Engine() as engine:
        yield engine
