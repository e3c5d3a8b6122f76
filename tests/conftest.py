"""What the tests share: the real sandbox, and a judge in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from engine import Engine, running_engine
from hackgym import _data
from hackgym.judge import Judge
from hackgym.sandbox import Sandbox, open_sandbox
from hackgym.taskset import TaskSet

# Slow machines are judged by `hackgym bench`, not here.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")


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


@pytest.fixture(scope="session")
def judge(jail: Sandbox) -> Judge:
    """A judge in the default sandbox."""
    return Judge(jail)


@pytest.fixture(scope="session")
def basics() -> TaskSet:
    """The built-in tasks."""
    return TaskSet(_data.environments() / "basics")
