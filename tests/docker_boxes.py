"""The sandbox `docker` as tests use it: opened, run in, and its containers looked at."""

from __future__ import annotations

from typing import Any

import pytest

from engine import BASE, Engine
from hackgym.sandbox import Job, Ran, Sandbox, open_sandbox
from hackgym.testing.frame import script


def opened(engine: Engine, runtime: str = "runc", workers: int = 1) -> Sandbox:
    """Open one in the engine; skip the test where this machine lacks the runtime."""
    if runtime not in engine.runtimes:
        pytest.skip(f"there is no {runtime} on this machine")
    return open_sandbox(f"docker:base={BASE},runtime={runtime}", workers)


def run(sandbox: Sandbox, source: str, **limits: float) -> Ran:
    (answer,) = sandbox.run([Job((script(source, limits),))])
    assert answer is not None
    return answer[0]


def printed(sandbox: Sandbox, source: str) -> str:
    ran = run(sandbox, source)
    assert (ran.exit_code, ran.stderr) == (0, b"")
    return ran.stdout.decode()


def ours(client: Any, *, living: bool = False) -> list[dict[str, Any]]:
    """The containers of the sandbox, dead ones included."""
    found: list[dict[str, Any]] = client.containers(
        all=not living, filters={"label": "hackgym.lease"}
    )
    return found


def at_work(client: Any) -> bool:
    """Whether a box runs `sleep` in one of the containers."""
    lists = [client.top(each["Id"])["Processes"] for each in ours(client, living=True)]
    return any("sleep 100" in " ".join(process) for each in lists for process in each)


SLEEP = "import subprocess; subprocess.run(['sleep', '100'])"
"""What a box runs while something happens to it."""
