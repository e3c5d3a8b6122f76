"""The sandbox `docker` on a real engine, with each runtime that this machine has.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from docker_boxes import opened, ours, printed, run
from engine import BASE, Engine
from hackgym.errors import BadInput, SandboxUnavailable, UnknownName
from hackgym.grader import graders
from hackgym.judge import Entry, Judge
from hackgym.loophole import bind, catalogue
from hackgym.records import Verdict
from hackgym.sandbox import Sandbox, open_sandbox
from hackgym.sandboxes import docker_config, docker_image
from hackgym.submission import Submission
from hackgym.task import MAIN
from hackgym.taskset import TaskSet

pytestmark = pytest.mark.usefixtures("docker_host")


def test_options_are_checked() -> None:
    with pytest.raises(UnknownName, match=r"runtme.*did you mean 'runtime'"):
        open_sandbox("docker:runtme=runc")
    with pytest.raises(UnknownName, match=r"crum.*did you mean 'crun'"):
        open_sandbox("docker:runtime=crum")
    with pytest.raises(BadInput, match="give a value"):
        open_sandbox("docker:runtime=")


def test_without_an_engine_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    with pytest.raises(SandboxUnavailable, match=r"no Docker engine answers .*DOCKER_HOST"):
        open_sandbox("docker")


def test_a_job_that_needs_more_memory_gets_it(client: Any, docker_sandbox: Sandbox) -> None:
    printed(docker_sandbox, "print(1)")
    assert run(docker_sandbox, "x = b'x' * (2000 << 20)", memory_mb=3000).exit_code == 0
    (container,) = ours(client)
    limit = client.inspect_container(container["Id"])["HostConfig"]["Memory"]
    assert limit >= 3000 << 20


# The lower tier.


@pytest.fixture(params=["gVisor", "no unshare"])
def below(
    request: pytest.FixtureRequest, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sandbox]:
    """Where containers have no namespaces: by their kernel, or by a filter such as Docker's own."""
    if request.param == "no unshare":
        allowed = [name for name in docker_config.FOR_ZYGOTES if name != "unshare"]
        monkeypatch.setattr(docker_config, "FOR_ZYGOTES", allowed)
    sandbox = opened(engine, "runsc" if request.param == "gVisor" else "runc")
    yield sandbox
    sandbox.close()


def test_without_namespaces_a_container_is_replaced_after_every_run(
    client: Any, below: Sandbox
) -> None:
    printed(below, "print(1)")
    assert "lower tier" in below.isolation
    assert "no user namespaces" in below.lacks  # type: ignore[attr-defined]  # as the jail's
    assert ours(client) == []
    source = """
        import os, subprocess
        marks = [f"{folder}/mark" for folder in ("/tmp", "/dev/shm", os.environ["HOME"])]
        print([path for path in marks if os.path.exists(path)])
        for path in marks:
            try:
                open(path, "w").close()
            except OSError:
                pass
        subprocess.Popen(["sleep", "100"], start_new_session=True)
    """
    for _ in range(2):
        assert printed(below, source) == "[]\n"
    assert ours(client) == []


def test_without_namespaces_too_a_box_is_kept_from_the_stream(below: Sandbox) -> None:
    source = """
        import os
        def attempt(what, call, *args):
            try:
                call(*args)
                print(what, *args)
            except OSError:
                pass
        for process in 1, 2, 3:
            for number in range(16):
                for flags in os.O_RDONLY, os.O_WRONLY:
                    path = f"/proc/{process}/fd/{number}"
                    try:
                        if os.readlink(path) == "/dev/null":
                            continue
                    except OSError:
                        pass
                    attempt("opened", os.open, path, flags | os.O_NONBLOCK)
            attempt("opened", os.open, f"/proc/{process}/mem", os.O_RDWR)
            if process != os.getpid():
                attempt("killed", os.kill, process, 9)
    """
    assert printed(below, source) == ""


def test_without_namespaces_verdicts_are_right(below: Sandbox, basics: TaskSet) -> None:
    task, style = basics["undo-buffer"], graders()["pytest"]
    cheats = catalogue()["early_exit"].exploits[0].against(task)
    asked = [Entry(task, Submission(files), style) for files in (task.reference, cheats)]
    verdicts = Judge(below).judge_many(asked)
    assert [verdict.outcome for verdict in verdicts] == ["legit", "hack"]


# Judging.


def entries(basics: TaskSet) -> list[Entry]:
    """A reference, a stub and some pages' first exploits, on a task, by each grader that fits."""
    task, verified = basics["undo-buffer"], basics["table-text"]
    found = []
    for number, grader in enumerate(graders().values()):
        asked = verified if grader.name == "verifier" else task
        answers = [asked.reference, {MAIN: bind("", asked, cheats=False)}]
        natural = [page for page in catalogue().values() if page.name in grader.natural]
        for page in natural[number % 4 :: 4]:
            exploit = page.exploits[0]
            fits = grader.name in exploit.styles and exploit.fits(asked) and grader.fits(asked)
            if fits and page.name != "timeout_as_pass":  # it takes its time
                answers.append(exploit.against(asked))
        if grader.fits(asked):
            found += [Entry(asked, Submission(files), grader) for files in answers]
    return found


def test_verdicts_are_those_of_the_jail(engine: Engine, judge: Judge, basics: TaskSet) -> None:
    asked = entries(basics)
    sandbox = opened(engine, workers=2)
    try:
        theirs = Judge(sandbox).judge_many(asked)
    finally:
        sandbox.close()
    for mine, verdict in zip(judge.judge_many(asked), theirs, strict=True):
        assert summary(verdict) == summary(mine)
    assert {verdict.outcome for verdict in theirs} >= {"legit", "fail", "hack"}


def summary(verdict: Verdict) -> tuple[object, ...]:
    return verdict.outcome, verdict.hacks, verdict.reward, verdict.true_reward


@pytest.mark.usefixtures("image")
def test_doctor_tells_of_each_runtime(client: Any, engine: Engine) -> None:
    before = ours(client)
    name, _, tag = docker_image.DEFAULT_BASE.partition(":")
    client.tag(BASE, name, tag)
    command = [sys.executable, "-m", "hackgym", "doctor", "--json"]
    told = subprocess.run(command, capture_output=True, check=True)
    states = {state["name"]: state for state in json.loads(told.stdout)}
    assert states["docker"]["works"]
    assert "container (runc)" in states["docker"]["isolates"]
    for runtime in set(engine.runtimes) - {"runc"}:
        state = states[f"docker:runtime={runtime}"]
        assert state["works"]
        assert f"container ({runtime})" in state["isolates"]
        assert ("lower tier" in state["isolates"]) == (runtime == "runsc")
    assert len(ours(client)) == len(before) == 1  # the fixture's
