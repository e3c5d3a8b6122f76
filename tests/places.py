"""The sandboxes that tests are run in: each kind that this machine can give."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from engine import BASE, RUNTIMES
from hackgym.errors import SandboxUnavailable
from hackgym.sandbox import Sandbox, open_sandbox

Opener = Callable[[pytest.FixtureRequest, int], Sandbox]


def _by_name(name: str) -> Opener:
    return lambda _request, workers: open_sandbox(name, workers)


def _docker(runtime: str) -> Opener:
    def open_it(request: pytest.FixtureRequest, workers: int) -> Sandbox:
        engine = request.getfixturevalue("engine")
        if runtime not in engine.runtimes:
            pytest.skip(f"there is no {runtime} on this machine")
        os.environ["DOCKER_HOST"] = engine.address
        return open_sandbox(f"docker:base={BASE},runtime={runtime}", workers)

    return open_it


PLACES: dict[str, Opener] = {
    "jail": _by_name("jail"),
    "process": _by_name("process"),
    **{f"docker-{runtime}": _docker(runtime) for runtime in ("runc", *RUNTIMES)},
}
"""How each is opened, with so many workers."""


PARAMS = [
    # gVisor starts a container for each run. Its verdicts are part of the quick tests.
    pytest.param(name, marks=pytest.mark.slow) if name == "docker-runsc" else name
    for name in PLACES
]
"""The names, to parametrise over."""

_OTHER_RUNTIMES = {f"docker-{runtime}" for runtime in RUNTIMES}
PARAMETERS = [
    pytest.param(place, marks=[pytest.mark.slow] * (place in _OTHER_RUNTIMES)) for place in PLACES
]
"""For a fixture: each place, those of an engine's further runtimes among the slow tests."""


def opened(place: str, request: pytest.FixtureRequest, workers: int = 2) -> Sandbox:
    """Open a sandbox; skip the test, with the reason, where this machine cannot give it."""
    try:
        return PLACES[place](request, workers)
    except SandboxUnavailable as error:
        pytest.skip(str(error))
