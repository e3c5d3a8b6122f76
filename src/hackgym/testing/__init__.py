"""Checks that a sandbox keeps its promises, for whoever writes one.

    from hackgym.testing import check_sandbox

    check_sandbox(MySandbox())

or, with one test for each promise:

    @pytest.mark.parametrize("check", checks(sandbox), ids=lambda check: check.name)
    def test_my_sandbox(check):
        check.run(Subject(sandbox, MySandbox))
"""

from __future__ import annotations

import traceback
from collections.abc import Callable

from hackgym.promises import promised
from hackgym.sandbox import Sandbox
from hackgym.testing import (
    ends,
    files,
    isolation,
    jobs,
    limits,
    output,
    surroundings,
    view,
)
from hackgym.testing.frame import Check, Subject, Unkept

__all__ = ["CHECKS", "BrokenPromises", "Check", "Subject", "Unkept", "check_sandbox", "checks"]

_ROOMS = (jobs, ends, output, limits, files, surroundings, isolation, view)

CHECKS: tuple[Check, ...] = tuple(check for room in _ROOMS for check in room.CHECKS.found)
"""All checks, the simplest first."""


class BrokenPromises(AssertionError):
    """A sandbox does not keep all its promises; says for each what was expected and what came."""

    def __init__(self, sandbox: str, broken: dict[Check, str]) -> None:
        lines = [f"{check.name}: {check.sentence}\n    {came}" for check, came in broken.items()]
        super().__init__("\n".join([f"{sandbox} breaks {len(broken)} promises", *lines]))
        self.broken = {check.name: came for check, came in broken.items()}


def checks(sandbox: Sandbox) -> list[Check]:
    """The checks that a sandbox has to pass, by what it promises (see `hackgym.promises`)."""
    return [check for check in CHECKS if check.needs is None or check.needs in promised(sandbox)]


def check_sandbox(sandbox: Sandbox, another: Callable[[], Sandbox] | None = None) -> None:
    """Run every check that a sandbox has to pass.

    Args:
        sandbox: what is checked. It stays open.
        another: makes one more of its kind, by default its class with `workers=1`.

    Raises:
        BrokenPromises: a check found something else than was promised, or an exception.
    """
    kind: Callable[..., Sandbox] = type(sandbox)
    subject = Subject(sandbox, another or (lambda: kind(workers=1)))
    broken = {}
    for check in CHECKS:
        if check not in checks(sandbox):  # it may know its promises only once it has run something
            continue
        try:
            check.run(subject)
        except Unkept as unkept:
            broken[check] = str(unkept)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
            broken[check] = "".join(traceback.format_exception_only(error)).strip()
    if broken:
        raise BrokenPromises(sandbox.name, broken)
