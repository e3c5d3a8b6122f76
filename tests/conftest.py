"""What the tests share: the real sandbox, and a judge in it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from docker_boxes import opened, printed
from engine import BASE, Engine, running_engine
from hackgym import _data
from hackgym.judge import Judge
from hackgym.sandbox import Sandbox, open_sandbox
from hackgym.sandboxes import docker_image
from hackgym.taskset import TaskSet

# Slow machines are judged by `hackgym bench`, not here.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several workers, a file stays with one of them, and so does the Docker engine.

    So do attacks: what one of them uses up of a user's share, another would miss.
    """
    for item in items:
        together = "engine" in getattr(item, "fixturenames", ()) or any(
            name in item.path.name for name in ("docker", "escapes", "lower_tier")
        )
        item.add_marker(pytest.mark.xdist_group("attacks" if together else item.path.name))


@pytest.fixture(scope="session")
def jail() -> Iterator[Sandbox]:
    """The default sandbox of this machine."""
    sandbox = open_sandbox("jail")
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """A Docker engine of the tests' own; its address is not in the environment."""
    yield from running_engine()


@pytest.fixture
def docker_host(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine, named by the environment for as long as a test runs."""
    monkeypatch.setenv("DOCKER_HOST", engine.address)
    return engine


@pytest.fixture
def client(engine: Engine) -> Iterator[Any]:
    """A client of the engine."""
    with contextlib.closing(engine.client()) as client:
        yield client


@pytest.fixture
def docker_sandbox(docker_host: Engine) -> Iterator[Sandbox]:
    """The sandbox `docker` in the engine, with one worker."""
    sandbox = opened(docker_host)
    yield sandbox
    sandbox.close()


@pytest.fixture
def image(client: Any, docker_sandbox: Sandbox) -> str:
    """The name of the image that boxes stand in, which has been built."""
    printed(docker_sandbox, "print('built')")
    name = docker_image.find(client, BASE)
    assert name
    return name


@pytest.fixture(scope="session")
def judge(jail: Sandbox) -> Judge:
    """A judge in the default sandbox."""
    return Judge(jail)


@pytest.fixture(scope="session")
def basics() -> TaskSet:
    """The built-in tasks."""
    return TaskSet(_data.environments() / "basics")
