"""What the checks of a sandbox are made of: scripts to run, expectations, and their names."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hackgym.promises import Promise
from hackgym.sandbox import Box, File, Job, Limits, Preload, Ran, Sandbox

PROGRAM = {"runner": "script", "role": "pay", "main": "main.py"}
"""Runs `main.py` as `python main.py` does."""


class Unkept(AssertionError):
    """A promise was not kept: what was expected, and what came."""

    def __init__(self, came: object, expected: object, where: str = "") -> None:
        told = f"expected {expected!r}, came {came!r}"
        super().__init__(f"{where}: {told}" if where else told)


def expect(came: object, expected: object, where: str = "") -> None:
    """Raise Unkept unless what came equals what is expected."""
    if came != expected:
        raise Unkept(came, expected, where)


@dataclass(frozen=True, slots=True)
class Subject:
    """A sandbox under test, with short ways to run scripts in it."""

    sandbox: Sandbox
    another: Callable[[], Sandbox]
    """Makes one more sandbox of the kind, which the check closes."""

    def boxes(self, *boxes: Box) -> tuple[Ran, ...]:
        """Run one job. Raises Unkept when it has no answer."""
        (answer,) = self.sandbox.run([Job(boxes)])
        if answer is None:
            raise Unkept(None, "an answer")
        return answer

    def script(self, source: str, **limits: float) -> Ran:
        """Run one script."""
        return self.boxes(script(source, limits))[0]

    def scripts(self, sources: Sequence[str], **limits: float) -> list[Ran]:
        """Run several scripts, each as a job, in one batch."""
        answers = self.sandbox.run([Job((script(source, limits),)) for source in sources])
        return [answer[0] for answer in answers if answer is not None]

    def printed(self, source: str, **limits: float) -> str:
        """What a script prints. Raises Unkept when it does not end well."""
        ran = self.script(source, **limits)
        expect((ended(ran), ran.stderr), ((0, None, None), b""))
        return ran.stdout.decode()

    def opened(self) -> Subject:
        """The same with another sandbox of the kind."""
        return Subject(self.another(), self.another)


def script(
    source: str,
    limits: Mapping[str, float] | None = None,
    files: Mapping[str, File] | None = None,
    preload: Preload = "",
) -> Box:
    """A box that runs a source, with further files beside it."""
    laid = {"main.py": File(textwrap.dedent(source).encode()), **(files or {})}
    return Box(PROGRAM, laid, preload, Limits(**(limits or {})))  # type: ignore[arg-type]  # ints too


def ended(ran: Ran) -> tuple[int | None, int | None, str | None]:
    """How a box ended: exit code, signal, and the limit that stopped it."""
    return ran.exit_code, ran.signal, ran.stopped


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a sandbox."""

    name: str
    sentence: str
    """What a sandbox does that passes."""
    run: Callable[[Subject], None]
    needs: Promise | None = None
    """The promise that is checked, where not every sandbox makes it."""


@dataclass(slots=True)
class Checks:
    """The checks of one subject, in their order."""

    found: list[Check] = field(default_factory=list)

    def __call__(
        self, needs: Promise | None = None
    ) -> Callable[[Callable[[Subject], None]], Callable[[Subject], None]]:
        """Enlist a function as a check; its docstring is the sentence."""

        def enlist(function: Callable[[Subject], None]) -> Callable[[Subject], None]:
            sentence = (function.__doc__ or "").strip()
            self.found.append(Check(function.__name__, sentence, function, needs))
            return function

        return enlist
