"""No attack succeeds: it ends as it should, the host stays as it was, and the next run is clean.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from escapes import (
    clocks,
    descriptors,
    files,
    host,
    kernel,
    leaks,
    memory,
    output,
    processes,
)
from escapes.case import Case
from hackgym.promises import promised
from hackgym.sandbox import Box, File, Job, Ran, Sandbox
from hackgym.testing.frame import PROGRAM, ended
from places import PARAMETERS, PLACES, opened

GROUPS = (processes, clocks, memory, output, files, kernel, descriptors)
CASES = [case for group in GROUPS for case in group.CASES]
REPEATS = 50
FOR_FUNCTION = {"docker-runsc"}
"""Places that are slow, and of interest for what they do only."""

KNOWN = {
    ("docker-runsc", "devices that are there"): "gVisor makes /dev/fuse and /dev/net/tun in every "
    "container; they are its own, and lead no further than the container, which ends with the run",
}
"""What does succeed, and why it stays so."""

HARMFUL = {"processes", "process_limit", "files"}
"""What an attack that succeeds could harm the host by, where its user is not root."""

CONTAINER = Path(__file__).with_name("container.py")
TOOLS = Path(host.__file__).with_name("tools.py").read_bytes()
CLEAN = Path(host.__file__).with_name("clean.py").read_bytes()


@dataclass(frozen=True)
class Target:
    """A sandbox with one slot, and what a clean run says in it."""

    place: str
    sandbox: Sandbox
    mark: str
    clean: Any

    def runs(self, *boxes: Box) -> list[Ran]:
        """Run boxes one after the other, each alone."""
        answers = self.sandbox.run([Job((box,)) for box in boxes])
        assert None not in answers, "the sandbox broke under the attack"
        return [answer[0] for answer in answers if answer]


def look_around(sandbox: Sandbox) -> Any:
    (answer,) = sandbox.run([Job((Box(PROGRAM, {"main.py": File(CLEAN)}),))])
    assert answer
    assert (ended(answer[0]), answer[0].stderr) == ((0, None, None), b"")
    return json.loads(answer[0].stdout)


def box(case: Case, mark: str) -> Box:
    about = {
        "MARK": mark,
        "HOST_PID": os.getpid(),
        "HOST_PROCESSES": str(Path("/proc/self/ns/pid").readlink()),
        "HOST_USER": os.getuid(),
        "GUARDED": bool(case.needs & HARMFUL if os.getuid() else case.needs),
    }
    text = "".join(f"{name} = {value!r}\n" for name, value in about.items())
    laid = {"main.py": case.source.encode(), "tools.py": TOOLS, "about.py": text.encode()}
    return Box(PROGRAM, {name: File(data) for name, data in laid.items()}, "", case.limits)


def opened_target(request: pytest.FixtureRequest) -> Iterator[Target]:
    sandbox = opened(request.param, request, workers=1)
    yield Target(request.param, sandbox, f"hgx{secrets.token_hex(6)}", look_around(sandbox))
    sandbox.close()


@pytest.fixture(scope="module", params=PARAMETERS)
def target(request: pytest.FixtureRequest) -> Iterator[Target]:
    yield from opened_target(request)


@pytest.fixture(params=[place for place in PLACES if place not in FOR_FUNCTION])
def new_target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """With a slot that has not run so much that it is soon replaced."""
    yield from opened_target(request)


def refuse_what_is_not_promised(case: Case, target: Target) -> None:
    if missing := case.needs - promised(target.sandbox):
        pytest.skip(f"this sandbox does not promise {', '.join(sorted(missing))}")


def assert_in_vain(case: Case, ran: Ran) -> None:
    assert ended(ran) == case.ends, ran.stderr[-500:].decode()
    if case.prints is not None:
        assert ran.stdout.decode() == case.prints
        assert case.ends != (0, None, None) or ran.stderr == b""


def settled(mark: str) -> dict[str, Any]:
    """The state of the host once what has ended is gone."""
    states = [host.state(mark)]
    while len(states) == 1 or states[-1] != states[-2]:
        time.sleep(0.02)
        states.append(host.state(mark))
    return states[-1]


def assert_unchanged(before: dict[str, Any], target: Target) -> None:
    """The host is as it was, or is so once the kernel has taken down what has ended."""
    deadline = time.monotonic() + 10
    while (after := host.state(target.mark)) != before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert {name: after[name] for name in after if after[name] != before[name]} == {}


def attack(case: Case, target: Target, repeats: int = 1) -> None:
    refuse_what_is_not_promised(case, target)
    before = settled(target.mark)
    for _ in range(repeats):
        (ran,) = target.runs(box(case, target.mark))
        assert_in_vain(case, ran)
        assert look_around(target.sandbox) == target.clean
    assert_unchanged(before, target)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_attack_is_in_vain(target: Target, case: Case, request: pytest.FixtureRequest) -> None:
    if reason := KNOWN.get((target.place, case.name)):
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    attack(case, target)


@pytest.mark.slow
@pytest.mark.parametrize("case", [case for case in CASES if not case.slow], ids=lambda c: c.name)
def test_an_attack_is_in_vain_every_time(new_target: Target, case: Case) -> None:
    attack(case, new_target, REPEATS)


@pytest.mark.parametrize("pair", leaks.PAIRS, ids=lambda pair: pair[0].name)
def test_nothing_is_left_for_the_next_run(target: Target, pair: tuple[Case, Case]) -> None:
    for case in pair:
        refuse_what_is_not_promised(case, target)
    before = settled(target.mark)
    left, found = target.runs(*(box(case, target.mark) for case in pair))
    assert_in_vain(pair[0], left)
    assert_in_vain(pair[1], found)
    assert look_around(target.sandbox) == target.clean
    assert_unchanged(before, target)


LOWER_TIERS = {"root": [], "a user": ["--user"], "root without Landlock": ["--no-landlock"]}


@pytest.mark.parametrize("options", LOWER_TIERS.values(), ids=LOWER_TIERS)
def test_attacks_on_the_lower_tier(options: list[str]) -> None:
    """In a stand-in for a default container the jail opens in its lower tier."""
    if os.geteuid() != 0:
        pytest.skip("only root can stand in for a container's")
    here = "/mnt/repository"  # where `container.py` puts it
    pytest_ = ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", here]
    chosen = [f"{here}/tests/test_escapes.py", "-m", "not slow", "-k", "jail"]
    command = [sys.executable, str(CONTAINER), *options, *pytest_, *chosen]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) > len(CASES) // 2  # the others need more than is promised


def test_every_attack_has_a_name_of_its_own() -> None:
    names = [case.name for case in (*CASES, *(each for pair in leaks.PAIRS for each in pair))]
    assert len(set(names)) == len(names)
