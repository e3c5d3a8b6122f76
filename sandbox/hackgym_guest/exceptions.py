"""Exceptions in the deciding process: those that end a call, and those raised on hearsay.

What the submission raises arrives as data (`raised`): the names of its classes, nearest first, and
a message. The submission's process may say anything, so of that only exceptions are made that mean
nothing to a test runner, and that are of no more kinds than an honest one. Whether one may be
raised at all is decided in `proxy` and `boundary`.
"""

from __future__ import annotations

import builtins
import sys
from dataclasses import dataclass
from typing import Any

from hackgym_guest.wire import Garbled

NOT_REBUILT = ("unittest", "pytest", "_pytest", "pluggy", "bdb", "hackgym_guest")
"""Exceptions of these packages mean something to a test runner, so none is ever raised here on the
word of the submission's process."""

HONEST_KINDS, MANY_KINDS = 2, 200
"""An honest exception may be a KeyError and a ValueError. One of every kind says as little as an
object that equals everything, and is believed where that is."""


class Withheld(BaseException):
    """The submission's process ended, went silent, or raised what must not end this process."""


class TimedOut(Withheld):
    """A call did not come to its end in the time that the grader gives it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the submission's process tells of an exception."""

    classes: list[str]
    """The names of its class and of that one's bases, nearest first."""
    message: str
    skip: bool
    """Whether a runner over there would take it for a skip or an expected failure."""
    timeout: bool
    """Whether a harness over there would take it for the end of a test's time."""

    def __str__(self) -> str:
        return f"the submission raised {self.classes[0] if self.classes else 'nothing'}"


def read(told: Any) -> Told:
    """Read what is told of an exception. Raises Garbled where it is not of that form."""
    try:
        classes = [str(each) for each in told["classes"]]
        message = str(told["message"])
    except (KeyError, TypeError) as error:
        raise Garbled("its exception is malformed") from error
    return Told(classes, message, bool(told.get("skip")), bool(told.get("timeout")))


def nearest_class(classes: list[str], kinds: int) -> type[BaseException] | None:
    """The nearest class of an exception that this process knows without the submission.

    Where an exception is of several kinds that have nothing to do with each other, a class of them
    all, if there are no more of them than `kinds`.
    """
    known: list[type[BaseException]] = []
    for name in classes:
        found = _known_class(name)
        if found is not None and not any(issubclass(each, found) for each in known):
            known.append(found)
    if not 1 < len(known) <= kinds:
        return known[0] if known else None
    try:
        return type(known[0].__name__, tuple(known), {})
    except TypeError:  # they cannot be kept in one object
        return known[0]


def _known_class(name: str) -> type[BaseException] | None:
    """The exception class of this name, but for those that are not to be rebuilt here."""
    module, _, attribute = name.rpartition(".")
    home = builtins if module == "builtins" else sys.modules.get(module)
    # What is in a stand-in module is the submission's.
    if module.partition(".")[0] in NOT_REBUILT or getattr(home, "__hackgym_stub__", False):
        return None
    found = getattr(home, attribute, None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def rebuilt(base: type[BaseException], name: str, message: str) -> BaseException:
    """An exception of a known class, made without running that class's own constructor."""
    short = name.rpartition(".")[2]
    kind: Any = base if base.__name__ == short else type(short, (base,), {})
    error: BaseException = kind.__new__(kind, message)
    error.args = (message,)
    return error
