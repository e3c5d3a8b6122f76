"""Every sandbox of this machine keeps its promises, and the checks tell when one is broken."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from hackgym.promises import PROMISES
from hackgym.sandbox import Job, Ran
from hackgym.sandboxes.process import Process
from hackgym.testing import CHECKS, BrokenPromises, Check, Subject, Unkept, check_sandbox, checks
from places import PARAMS, opened


@pytest.fixture(scope="module", params=PARAMS)
def subject(request: pytest.FixtureRequest) -> Iterator[Subject]:
    sandbox = opened(request.param, request)
    yield Subject(sandbox, lambda: opened(request.param, request, 1))
    sandbox.close()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_promises_are_kept(subject: Subject, check: Check) -> None:
    if check.needs and check not in checks(subject.sandbox):
        pytest.skip(f"this sandbox does not promise {check.needs!r}: {PROMISES[check.needs]}")
    check.run(subject)


class Wrong(Process):
    """The sandbox `process`, but what it answers has been tampered with."""

    def run(self, jobs: Sequence[Job]) -> list[tuple[Ran, ...] | None]:
        answers = [answer and tuple(map(self.tamper, answer)) for answer in super().run(jobs)]
        return self.reorder(answers)

    def tamper(self, ran: Ran) -> Ran:
        return ran

    def reorder(self, answers: list[tuple[Ran, ...] | None]) -> list[tuple[Ran, ...] | None]:
        return answers


class Strips(Wrong):
    def tamper(self, ran: Ran) -> Ran:
        return replace(ran, stdout=ran.stdout.replace(b"\0", b""))


class Decodes(Wrong):
    def tamper(self, ran: Ran) -> Ran:
        return replace(ran, stderr=ran.stderr.decode("utf-8", "replace").encode())


class Mixes(Wrong):
    def tamper(self, ran: Ran) -> Ran:
        return replace(ran, stdout=ran.stdout + ran.stderr, stderr=b"")


class Cuts(Wrong):
    def tamper(self, ran: Ran) -> Ran:
        return replace(ran, stdout=ran.stdout[: 1 << 16])


class Reverses(Wrong):
    def reorder(self, answers: list[tuple[Ran, ...] | None]) -> list[tuple[Ran, ...] | None]:
        return answers[::-1]


class LikeAShell(Wrong):
    def tamper(self, ran: Ran) -> Ran:
        if ran.signal is None:
            return ran
        return replace(ran, exit_code=128 + ran.signal, signal=None)


class TimesOutOnSignals(Wrong):
    def tamper(self, ran: Ran) -> Ran:
        return replace(ran, signal=None, stopped="wall") if ran.signal == 9 else ran


class BlamesTheLearner(Wrong):
    def reorder(self, answers: list[tuple[Ran, ...] | None]) -> list[tuple[Ran, ...] | None]:
        made_up = Ran(1, None, None, b"", b"", b"", 0.0)
        return [answer or (made_up,) for answer in answers]


class LeaksItsEnvironment(Wrong):
    def tamper(self, ran: Ran) -> Ran:
        leaked = ran.stdout.replace(b'{"HOME"', b'{"HACKGYM_TEST_SECRET": "secret", "HOME"')
        return replace(ran, stdout=leaked)


class NeverTwiceTheSame(Wrong):
    numbers = count()

    def tamper(self, ran: Ran) -> Ran:
        return replace(ran, stdout=ran.stdout.replace(b"0.8", b"0.%d" % next(self.numbers)))


BREAKS: dict[type[Wrong], str] = {
    Strips: "every_byte_comes_out",
    Decodes: "every_byte_comes_out",
    Mixes: "streams_are_kept_apart",
    Cuts: "long_output_is_whole",
    Reverses: "answers_come_in_order",
    LikeAShell: "signals",
    TimesOutOnSignals: "a_fast_death_is_no_timeout",
    BlamesTheLearner: "what_cannot_be_laid_is_our_fault",
    LeaksItsEnvironment: "environment",
    NeverTwiceTheSame: "random_numbers",
}


@pytest.mark.parametrize("kind", BREAKS, ids=lambda kind: kind.__name__)
def test_a_broken_promise_is_found(kind: type[Wrong]) -> None:
    (check,) = (check for check in CHECKS if check.name == BREAKS[kind])
    sandbox = kind(workers=2)
    try:
        with pytest.raises(AssertionError):
            check.run(Subject(sandbox, lambda: kind(workers=1)))
    finally:
        sandbox.close()


@pytest.mark.parametrize(
    "check",
    [
        check
        for check in CHECKS
        if check.needs in ("files", "processes", "network", "ipc", "kernel")
    ],
    ids=lambda check: check.name,
)
def test_a_sandbox_without_isolation_passes_for_none(check: Check) -> None:
    if check.name in ("subprocesses_find_the_packages", "multiprocessing"):
        pytest.skip("that it works is nothing against a sandbox")
    sandbox = Process(workers=2)
    try:
        with pytest.raises(Unkept):
            check.run(Subject(sandbox, Process))
    finally:
        sandbox.close()


class Boasts(Process):
    """Promises what it does not keep: a limit on processes."""

    promises = frozenset({"process_limit"})


def test_one_error_lists_every_broken_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    named = ("answers_come_in_order", "signals", "process_limit", "fork_bomb", "network")
    few = tuple(check for check in CHECKS if check.name in named)
    monkeypatch.setattr("hackgym.testing.CHECKS", few)
    sandbox = Boasts(workers=1)
    try:
        with pytest.raises(BrokenPromises) as caught:
            check_sandbox(sandbox)
    finally:
        sandbox.close()
    assert set(caught.value.broken) == {"process_limit", "fork_bomb"}
    lines = str(caught.value).splitlines()
    assert lines[0] == "process breaks 2 promises"
    assert lines[1].startswith("process_limit: A box starts as many processes as it may")
    assert lines[2] == "    expected '20 to 24', came 1000"


def test_every_check_has_a_sentence_and_every_promise_a_check() -> None:
    assert all(check.sentence.endswith(".") for check in CHECKS)
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert {check.needs for check in CHECKS} == {None, *PROMISES}


def test_the_examples_of_the_page_run(tmp_path: Path) -> None:
    page = Path(__file__).parents[1] / "docs" / "testing-a-sandbox.md"
    script, tests = re.findall(r"(?ms)^```python\n(.*?)^```", page.read_text("utf-8"))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("every promise is kept\n", 0), done.stderr

    (tmp_path / "test_mine.py").write_text(tests)
    pytest_ = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-k",
        "exit_statuses or network",
        str(tmp_path),
    ]
    done = subprocess.run(pytest_, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "1 passed, 1 skipped" in done.stdout


def test_the_page_lists_every_promise() -> None:
    page = Path(__file__).parents[1] / "docs" / "testing-a-sandbox.md"
    rows = re.findall(r"(?m)^\| `(\w+)` \| (.*) \|$", page.read_text("utf-8"))
    assert dict(rows) == PROMISES
