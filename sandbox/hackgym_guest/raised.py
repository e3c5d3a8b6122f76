"""What the submission has raised, as plain data, and what a runner would take it for.

Imports nothing of the guest; `functions`, `answers` and `serve` say by it how something ended.
"""

from __future__ import annotations

import sys
import unittest
from typing import Any

MAX_MESSAGE = 2000
"""How many characters of an exception's message are passed on."""


def described(error: BaseException) -> dict[str, Any]:
    """An exception as data: the names of its classes, nearest first, and its message."""
    try:
        text = str(error)[:MAX_MESSAGE]
    except BaseException:
        text = ""
    classes = [home(kind) for kind in type(error).__mro__]
    told = {"skip": is_skip(error), "timeout": _is_timeout(error)}
    return {"classes": classes, "message": text, **told}


def home(kind: type) -> str:
    """A class's module and name, as text even where the submission has replaced them."""
    return f"{kind.__module__}.{kind.__qualname__}"[:200]


def is_skip(error: BaseException) -> bool:
    """Whether a runner would take the exception for a skip or an expected failure.

    Unittest stops a test by an exception of its own, and then counts no failure.
    """
    outcomes = sys.modules.get("_pytest.outcomes")
    stops = getattr(unittest.case, "_ShouldStop", unittest.SkipTest)
    kinds: tuple[type[BaseException], ...] = (unittest.SkipTest, stops)
    if outcomes is not None:
        kinds += (outcomes.Skipped, outcomes.XFailed)
    return isinstance(error, kinds)


def is_exit(error: BaseException) -> bool:
    """Whether the exception asks pytest to end the session."""
    outcomes = sys.modules.get("_pytest.outcomes")
    return outcomes is not None and isinstance(error, outcomes.Exit)


class Late(BaseException):
    """A call is broken off because it takes too long."""


def break_off(_signal: int, _frame: object) -> None:
    """Handle an alarm: break off the call that is being made."""
    raise Late


def _is_timeout(error: BaseException) -> bool:
    """Whether a harness would take the exception for the end of a test's time."""
    if isinstance(error, Late):
        return True
    kind = getattr(sys.modules.get("harness"), "TimeLimit", None)
    return isinstance(kind, type) and isinstance(error, kind)


def measured_value(error: BaseException) -> tuple[object] | None:
    """The value in hand where a harness has found that it came too late."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    frame = trace and trace.tb_frame
    harness = sys.modules.get("harness")
    if frame is None or frame.f_globals is not getattr(harness, "__dict__", None):
        return None
    return (frame.f_locals["value"],) if {"value", "took_s"} <= set(frame.f_locals) else None
