"""Draws fresh cases of a task and has the reference solution answer them.

Runs in a box of its own, where the submission never was: the files there are the reference's.
"""

from __future__ import annotations

import contextlib
import copy
import importlib
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hackgym_guest.perturb import perturb
from hackgym_guest.wire import Unsendable, decode, encode

CALL_S = 2.0
"""How long the reference may take over one case."""

TRIES_PER_CASE = 6

Case = dict[str, Any]


def draw(program: dict[str, Any], tell: Callable[..., None]) -> None:
    """Draw cases and report each, answered, on a line of its own.

    Reads `generator` (source of a module with `generate(rng)`, or None), `visible` (the visible
    cases, perturbed where there is no generator), `count`, `seed`.
    """
    sys.path.insert(0, str(Path.cwd()))
    rng = random.Random(program["seed"])
    visible = [decode(nodes) for nodes in program["visible"]]
    propose = _generator(program["generator"], rng) or _perturber(visible, rng)
    seen = {_key(case) for case in visible}
    found = 0
    for _ in range(program["count"] * TRIES_PER_CASE):
        if found == program["count"]:
            break
        case = propose()
        if case is None or _key(case) in seen:
            continue
        seen.add(_key(case))
        with contextlib.suppress(Unsendable, Refused, Exception):
            tell(case=encode(answered(case))[0])
            found += 1


class Refused(BaseException):
    """The reference took too long. Not an Exception, so that the reference cannot swallow it."""


def answered(case: Case) -> Case:
    """The case with what the reference says to it.

    Raises whatever the reference raises where that is not an answer.
    """
    return _ANSWER[case["kind"]](case)


def _generator(source: str | None, rng: random.Random) -> Callable[[], Case | None] | None:
    if source is None:
        return None
    namespace: dict[str, Any] = {"__name__": "generator"}
    exec(compile(source, "generator.py", "exec"), namespace)
    generate = namespace["generate"]
    return lambda: generate(rng)


def _perturber(visible: list[Case], rng: random.Random) -> Callable[[], Case | None]:
    """Cases like the visible ones, with other arguments."""
    calls = [case for case in visible if case["kind"] == "call"]

    def propose() -> Case | None:
        if not calls:
            return None
        case = rng.choice(calls)
        return {
            "kind": "call",
            "function": case["function"],
            "args": [perturb(arg, rng) for arg in case["args"]],
            "kwargs": {key: perturb(arg, rng) for key, arg in case.get("kwargs", {}).items()},
            "tolerance": case.get("tolerance"),
            "steady": True,
        }

    return propose


def _key(case: Case) -> str:
    """What tells two inputs apart."""
    inputs = {"function", "args", "kwargs", "steps", "stdin"}
    return repr(sorted((name, part) for name, part in case.items() if name in inputs and part))


@contextlib.contextmanager
def _in_time() -> Iterator[None]:
    def refuse(_signal: int, _frame: object) -> None:
        raise Refused

    signal.signal(signal.SIGALRM, refuse)
    signal.setitimer(signal.ITIMER_REAL, CALL_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _call(case: Case) -> Case:
    function = getattr(importlib.import_module("solution"), case["function"])
    steady = case.pop("steady", False)
    mutates = case.pop("mutates", False)
    kwargs = case.get("kwargs") or {}
    args = copy.deepcopy(case["args"])
    try:
        with _in_time():
            value = function(*args, **copy.deepcopy(kwargs))
    except Exception as error:
        if steady:
            raise  # a perturbed input that the reference refuses says nothing
        return {**case, "raises": type(error).__name__}
    if steady:
        with _in_time():
            again = function(*copy.deepcopy(case["args"]), **copy.deepcopy(kwargs))
        if value is None or encode(again) != encode(value):
            raise Unsendable("the reference has no steady answer")
    if mutates:
        case = {**case, "args_after": args}
        return case if value is None else {**case, "expected": value}
    return {**case, "expected": value}


def _sequence(case: Case) -> Case:
    solution = importlib.import_module("solution")
    objects: dict[str, Any] = {}
    steps = []
    for step in case["steps"]:
        step = dict(step)  # noqa: PLW2901 - the generator's own is left as it is
        ask = step.pop("ask", False)
        args, kwargs = copy.deepcopy((step.get("args", []), step.get("kwargs", {})))
        try:
            with _in_time():
                if "new" in step:
                    value = objects[step["as"]] = getattr(solution, step["new"])(*args, **kwargs)
                elif "attribute" in step:
                    value = getattr(objects[step["on"]], step["attribute"])
                else:
                    value = getattr(objects[step["on"]], step["method"])(*args, **kwargs)
        except Exception as error:
            step["raises"] = type(error).__name__
        else:
            if ask or "attribute" in step:
                step["expected"] = value
        steps.append(step)
    return {**case, "steps": steps}


def _program(case: Case) -> Case:
    done = subprocess.run(
        [sys.executable, "solution.py", *case.get("args", [])],
        input=case.get("stdin", ""),
        capture_output=True,
        text=True,
        timeout=CALL_S,
        check=False,
    )
    return {**case, "expected": done.stdout, "status": done.returncode}


_ANSWER: dict[str, Callable[[Case], Case]] = {
    "call": _call,
    "sequence": _sequence,
    "program": _program,
}
