"""What may be called in the submission's process besides what the submission defines itself.

`serve` finds these by the names that the deciding process sends. There, `reference` calls the same
ones.
"""

from __future__ import annotations

import builtins
import operator
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hackgym_guest.raised import is_skip
from hackgym_guest.session import TEST_FILE

PROGRAM_S = 10.0
"""How long a program may run."""


def equalities(value: object, candidates: list[Any]) -> list[bool]:
    """For each candidate, whether the value says that it equals it."""
    return [_equal(value, candidate) for candidate in candidates]


def _equal(value: object, candidate: object) -> bool:
    try:
        return bool(value == candidate)
    except Exception as error:
        if is_skip(error):
            raise  # a test that compared them would be skipped
        return False


def judged(helper: str, *args: Any) -> bool:
    """What a helper of the tests says that compares answers, as it now is in this process."""
    homes = [sys.modules.get(name) for name in ("__main__", Path(TEST_FILE).stem)]
    return bool(next(vars(home)[helper] for home in homes if home and hasattr(home, helper))(*args))


def run_program(arguments: list[str], stdin: str) -> list[Any]:
    """Run `solution.py` as a program; its exit status, what it printed, and its complaints."""
    done = subprocess.run(
        [sys.executable, "solution.py", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=PROGRAM_S,
        check=False,
    )
    return [done.returncode, done.stdout, done.stderr]


LOOKS: tuple[str, ...] = (
    *("abs", "bool", "delattr", "float", "getattr", "hash", "int", "iter"),
    *("len", "next", "repr", "reversed", "round", "setattr", "str"),
)
"""The built-ins with which a test looks at an object, or sets its attributes."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "equalities": equalities,
    "judged": judged,
    "run_program": run_program,
    **{name: getattr(operator, name) for name in operator.__all__ if name != "attrgetter"},
    **{name: getattr(builtins, name) for name in LOOKS},
}
"""All of them, by name."""
