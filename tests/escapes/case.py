"""What an attack is."""

from __future__ import annotations

import signal
import textwrap
from dataclasses import dataclass
from typing import Any, get_args

from hackgym.promises import Promise
from hackgym.sandbox import Limits


@dataclass(frozen=True)
class Case:
    """One attack, and what has to come of it."""

    name: str
    source: str
    ends: tuple[int | None, int | None, str | None]
    """The box's exit code, signal, and the limit that stopped it."""
    needs: frozenset[Promise]
    """What a sandbox must promise for the attack to be in vain."""
    limits: Limits
    prints: str | None
    """What it prints; None where that is of no interest."""
    slow: bool
    """Whether it takes about a second or more, such as to run into a limit on time."""


def case(
    name: str,
    source: str,
    ends: int | str = 0,
    needs: str = "",
    prints: str | None = "",
    *,
    slow: bool = False,
    **limits: Any,
) -> Case:
    """Make a case. `ends` is an exit code, the name of a signal, `wall` or `output`."""
    promises = frozenset(needs.split())
    assert promises <= set(get_args(Promise)), f"{name}: there is no such promise"
    how: tuple[int | None, int | None, str | None]
    if isinstance(ends, int):
        how = (ends, None, None)
    elif ends in ("wall", "output"):
        how = (None, None, ends)
    else:
        how = (None, int(signal.Signals[ends]), None)
    if ends == "wall":
        slow = True
        limits.setdefault("wall_s", 1.0)
    source = "from tools import *\n" + textwrap.dedent(source)
    return Case(name, source, how, promises, Limits(**limits), prints, slow)  # type: ignore[arg-type]  # checked above
