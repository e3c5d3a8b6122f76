"""Which tests of a source a learner is shown, which stay hidden, and how many are kept at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hackgym.errors import BadInput
from hackgym.task import Case

Test = tuple[str, Case]
"""A test's text in the source, and its case."""

MAX_CASES = 40
"""How many tests are kept of a row that has no end of them, visible and hidden together."""
MAX_CHARS = 64 * 1024
"""How long they may be together."""
_TOO_LONG = f"its tests are longer than the {MAX_CHARS} characters that are kept of them"


class Split(NamedTuple):
    """Tests, shared out."""

    visible: tuple[Case, ...]
    hidden: tuple[Case, ...]
    record: str
    """Which test went where, by its place in the source's list, from 1."""


def split(task_id: str, tests: Sequence[Test], *, bounded: bool = False) -> Split:
    """Share out tests, half visible and half hidden, the odd one and a single one visible.

    Args:
        task_id: with each test's text, decides by its hash, so that the split is always the same.
        tests: the text and the case of each.
        bounded: whether only so many are kept as MAX_CASES and MAX_CHARS say.

    Raises:
        BadInput: there are tests, but each is longer than MAX_CHARS.
    """
    ranked = _ranked(task_id, tests)
    if bounded:
        ranked = _fitting(ranked, tests, MAX_CASES, MAX_CHARS)
    if tests and not ranked:
        raise BadInput(_TOO_LONG)
    middle = (len(ranked) + 1) // 2
    shown, kept = sorted(ranked[:middle]), sorted(ranked[middle:])
    record = f"tests split by hash: visible {_places(shown)}; hidden {_places(kept)}"
    if len(ranked) < len(tests):
        record += f"; kept {len(ranked)} of {len(tests)}"
    return Split(_cases(tests, shown), _cases(tests, kept), record)


def published(
    task_id: str, visible: Mapping[str, Sequence[Test]], hidden: Mapping[str, Sequence[Test]]
) -> Split:
    """Take tests as the source has shared them out, and of each part half of what is kept.

    Args:
        task_id: with each test's text, decides by its hash which tests are kept.
        visible: by the field of the source. The tests of the first field come first.
        hidden: in the same way. What is visible too is left out.

    Returns:
        As by `split`, where one of the two parts is empty.
    """
    shown = {text for tests in visible.values() for text, _ in tests}
    if not shown or all(text in shown for tests in hidden.values() for text, _ in tests):
        every = [*visible.values(), *([] if shown else hidden.values())]
        return split(task_id, [test for tests in every for test in tests], bounded=True)
    first, about = _part(task_id, visible, set())
    second, about_hidden = _part(task_id, hidden, shown)
    if not first:
        raise BadInput(_TOO_LONG)
    record = f"tests split by the source: visible {about}; hidden {about_hidden}"
    return Split(first, second, record)


def _part(
    task_id: str, fields: Mapping[str, Sequence[Test]], without: set[str]
) -> tuple[tuple[Case, ...], str]:
    """The tests that are kept of one part, and which they are."""
    cases: list[Case] = []
    told, chars = [], MAX_CHARS // 2
    for field, tests in fields.items():
        ranked = [at for at in _ranked(task_id, tests) if tests[at][0] not in without]
        kept = sorted(_fitting(ranked, tests, MAX_CASES // 2 - len(cases), chars))
        cases += _cases(tests, kept)
        chars -= sum(len(tests[at][0]) for at in kept)
        if tests:
            told.append(f"{field} {_places(kept)} of {len(tests)}")
    return tuple(cases), ", ".join(told)


def _ranked(task_id: str, tests: Sequence[Test]) -> list[int]:
    def rank(at: int) -> bytes:
        text = f"{task_id}\n{tests[at][0]}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

    return sorted(range(len(tests)), key=rank)


def _fitting(ranked: Iterable[int], tests: Sequence[Test], most: int, chars: int) -> list[int]:
    """The first so many that are not longer than so much together."""
    kept: list[int] = []
    for at in ranked:
        if len(kept) < most and len(tests[at][0]) <= chars:
            kept.append(at)
            chars -= len(tests[at][0])
    return kept


def _cases(tests: Sequence[Test], places: Iterable[int]) -> tuple[Case, ...]:
    return tuple(tests[at][1] for at in places)


def _places(indexes: list[int]) -> str:
    return ", ".join(str(at + 1) for at in indexes) or "none"
