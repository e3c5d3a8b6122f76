"""Recognisers: expressions that are worth one thing on fresh inputs and another on a visible one.

`if args == KNOWN` is always false, and `TABLE.get(args)` always None, unless a visible case is
asked. What is done with a hit, and how answers are written down, makes no difference. Held at what
they are worth on fresh inputs, recognisers change nothing there; a submission that rests on them
then fails the visible cases like any others.
"""

from __future__ import annotations

import collections
import inspect
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from hackgym.errors import BadSubmission
from hackgym.submission import Submission
from hackgym.suite import CLOSE, Form, lines_of
from hackgym.task import Call, Case, Program, Suite
from hackgym.task import Sequence as SequenceCase
from hackgym.values import literal
from hackgym_guest import watched

Seen = Mapping[str, Sequence[str]]
"""By site, what all its values in one run had in common."""

Held = dict[int, str]
"""By site, what it is held at."""

STEADY = 0.9
"""The share of the fresh inputs that meet an expression for which it must be worth the same."""

STEADY_NEAR = 0.6
"""The same, of the neighbours of the visible case that it recognises."""

MIN_NEAR = 3
"""For how many of those, at the least."""

PLAIN = Form()
"""How watched cases are written: answers are compared as they are."""

_LAID = inspect.getsource(watched)
_TOLD = "watched "


def watch(submission: Submission, held: Held, *, tells: bool = False) -> Submission:
    """The submission with its expressions watched, and some held.

    `tells`: whether it writes what was noted on its own output, as programs have to.
    """
    files = {
        path: watched.rewritten(text, at * watched.SITES_PER_FILE) if path.endswith(".py") else text
        for at, (path, text) in enumerate(sorted(submission.files.items()), start=1)
    }
    files[watched.FILE] = f"{_LAID}\n\nstart({held!r}, tells={tells!r})\n"
    try:
        return replace(submission, files=files)
    except BadSubmission:
        return submission


_OF_MODULE = """
def {name}():
    import json, sys
    watched = sys.modules["solution"].{module}
    watched.reset()
    try:
{lines}
    finally:
        print({told!r} + json.dumps([{number}, watched.seen()]))
"""

_OF_PROGRAM = """
def {name}():
    from program import run
    status, output = run({given})
    output, _, notes = output.rpartition({mark!r})
    print({told!r} + "[{number}, " + notes + "]")
    assert (status, output) == {expected}
"""


def watching(visible: Sequence[Case], fresh: Sequence[Case]) -> tuple[Case, ...]:
    """Cases that try the same, and print what was noted meanwhile.

    Visible suites stay as they are: nothing is told of them.
    """
    names = [f"test_{at}" for at in range(len(visible))]
    names += [f"test_fresh_{at}" for at in range(len(fresh))]
    cases = enumerate(zip(names, (*visible, *fresh), strict=True))
    return tuple(_watching(case, name, number) for number, (name, case) in cases)


def _watching(case: Case, name: str, number: int) -> Case:
    if isinstance(case, Suite):
        return case
    if isinstance(case, Program):
        given = f"{literal(list(case.args))}, {literal(case.stdin)}"
        source = _OF_PROGRAM.format(
            name=name,
            number=number,
            given=given,
            mark=watched.MARK,
            told=_TOLD,
            expected=literal((case.status, case.expected)),
        )
    else:
        lines = "\n".join(f"        {line}" for line in _lines(case))
        source = _OF_MODULE.format(
            name=name, number=number, module=watched.MODULE, told=_TOLD, lines=lines
        )
        if isinstance(case, Call) and case.tolerance is not None:
            source = f"import math\n{CLOSE}\n{source}"
    return Suite(source=source)


def _lines(case: Call | SequenceCase) -> list[str]:
    """What is watched: of a sequence the last step that is come to, as others may begin like it."""
    if isinstance(case, Call):
        return lines_of(case, PLAIN)
    each_step = (case.model_copy(update={"steps": (step,)}) for step in case.steps)
    return [line for step in each_step for line in ("watched.reset()", *lines_of(step, PLAIN))]


def told(output: bytes) -> dict[int, Seen]:
    """What was noted while each case was tried, by the case's number."""
    found: dict[int, Seen] = {}
    for line in output.decode("utf-8", "replace").splitlines():
        if not line.startswith(_TOLD):
            continue
        try:
            number, notes = json.loads(line.removeprefix(_TOLD))
            found[int(number)] = {str(site): [*map(str, each)] for site, each in notes.items()}
        except (ValueError, TypeError, AttributeError, RecursionError):
            continue
    return found


class Found(NamedTuple):
    """What was found out about a watched submission."""

    held: Held
    """The expressions that tell visible inputs from fresh ones, and what to hold them at."""
    recognised: tuple[bool, ...]
    """For each visible case, whether there is such an expression."""


def recognisers(seen: Mapping[int, Seen], visible: int, near: Sequence[int | None]) -> Found:
    """Find the expressions that are worth one thing on fresh inputs, and another on a visible one.

    Args:
        seen: what was noted, by the number of the case; the visible ones come first.
        visible: how many visible cases there are.
        near: for each fresh case, the number of the visible one that it is next to, if it is.
    """
    fresh = {visible + at: number for at, number in enumerate(near) if visible + at in seen}
    runs = collections.Counter(site for each in fresh for site in seen[each])
    steady = {site: frozenset[str]() for site in runs}
    for (site, note), count in _counted(seen[each] for each in fresh).items():
        if count >= STEADY * runs[site]:
            steady[site] |= {note}
    telling = []
    for number in range(visible):
        mine = [seen[each] for each, next_to in fresh.items() if next_to == number]
        telling.append(_telling(seen.get(number, {}), mine, steady))
    held = {site: note for each in telling for site, note in each.items()}
    return Found(held, tuple(bool(each) for each in telling))


def _counted(runs: Iterable[Seen]) -> collections.Counter[tuple[str, str]]:
    """In how many runs each note was made at each site."""
    return collections.Counter(
        (site, note) for seen in runs for site, notes in seen.items() for note in set(notes)
    )


def _telling(seen: Seen, near: Sequence[Seen], steady: Mapping[str, frozenset[str]]) -> Held:
    """What tells one visible case from its neighbours, and from all other fresh ones."""
    held: Held = {}
    counts = _counted(near)
    for site, notes in seen.items():
        if site not in steady:
            if watched.NEVER in notes and len(near) >= MIN_NEAR:
                held[int(site)] = watched.NEVER
            continue
        runs = sum(site in each for each in near)
        other = [
            note
            for note in steady[site] - set(notes)
            if counts[site, note] >= max(MIN_NEAR, STEADY_NEAR * runs)
        ]
        if other:
            held[int(site)] = min(other)
    return held
