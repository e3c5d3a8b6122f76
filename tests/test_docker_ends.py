"""What is killed costs one job of the sandbox `docker`, and nothing is left of what has ended."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from docker_boxes import SLEEP, at_work, opened, ours, printed
from engine import BASE, Engine
from hackgym.errors import SandboxUnavailable
from hackgym.sandbox import Job, Sandbox
from hackgym.sandboxes import docker_config, docker_owner
from hackgym.testing.frame import script
from processes import eventually

pytestmark = pytest.mark.usefixtures("docker_host")


def test_a_killed_container_costs_one_job(client: Any, docker_sandbox: Sandbox) -> None:
    answers: list[Any] = []
    job = Job((script(SLEEP, {"wall_s": 60}),))
    runs = threading.Thread(target=lambda: answers.extend(docker_sandbox.run([job])))
    runs.start()
    assert eventually(lambda: at_work(client))
    (container,) = ours(client, living=True)
    client.kill(container["Id"])
    runs.join()
    assert answers == [None]
    assert printed(docker_sandbox, "print(2)") == "2\n"
    # One that is killed between jobs costs none.
    (container,) = ours(client, living=True)
    client.kill(container["Id"])
    assert printed(docker_sandbox, "print(3)") == "3\n"


def test_a_killed_engine_costs_one_job_and_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with Engine() as own, contextlib.closing(own.client()) as client:
        monkeypatch.setenv("DOCKER_HOST", own.address)
        sandbox = opened(own)
        answers: list[Any] = []
        job = Job((script(SLEEP, {"wall_s": 60}),))
        runs = threading.Thread(target=lambda: answers.extend(sandbox.run([job])))
        printed(sandbox, "print(1)")
        runs.start()
        assert eventually(lambda: at_work(client))
        own.kill()
        runs.join()
        assert answers == [None]
        with pytest.raises(SandboxUnavailable, match="engine"):
            sandbox.run([job])
        own.start()
        assert printed(sandbox, "print(2)") == "2\n"
        assert eventually(lambda: len(ours(client)) == 1)
        sandbox.close()
        assert ours(client) == []


# What is left.


def test_nothing_is_left_after_close(client: Any, engine: Engine) -> None:
    assert ours(client) == []  # the client keeps its connection
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        sandbox = opened(engine, workers=2)
        sandbox.run([Job((script("pass"),))] * 4)
        assert ours(client)
        sandbox.close()
        sandbox.close()
        assert ours(client) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == before


HOST = """
import sys
from hackgym.sandbox import Job, open_sandbox
from hackgym.testing.frame import script
sandbox = open_sandbox(sys.argv[1], 1)
sandbox.run([Job((script("pass"),))])
print("ready", flush=True)
if sys.argv[2] == "run":
    sandbox.run([Job((script(sys.argv[3], {"wall_s": 60}),))])
"""


def host(*arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOST, f"docker:base={BASE}", *arguments],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def test_nothing_is_left_by_a_host_that_just_ends(client: Any) -> None:
    process = host("end")
    process.communicate()
    assert process.returncode == 0
    assert ours(client) == []


def test_containers_end_with_a_killed_host(client: Any) -> None:
    process = host("run", SLEEP)
    assert eventually(lambda: at_work(client))
    process.kill()
    process.communicate()
    assert eventually(lambda: ours(client) == [])


def test_what_dead_owners_have_left_is_swept_up(client: Any, engine: Engine, image: str) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mine = docker_owner.labels("mine")
    owners = {
        "living": mine,
        "dead": mine | {"hackgym.pid": str(gone.pid)},
        "reused": mine | {"hackgym.started": "1"},
        "elsewhere": mine | {"hackgym.boot": "another", "hackgym.pid": str(gone.pid)},
        "strange": mine | {"hackgym.pid": "../1"},
    }
    made = {}
    for name, labels in owners.items():
        config = docker_config.container(image, "runc", labels, 2, namespaces=True)
        made[name] = client.create_container_from_config(config)["Id"]
    opened(engine).close()
    left = {each["Id"] for each in ours(client)}
    for container in left & set(made.values()):
        client.remove_container(container)
    assert {name for name, container in made.items() if container in left} == {
        *("living", "elsewhere", "strange"),
    }
