"""Which tests of a source a learner is shown, and which stay hidden."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from hackgym.task import Case


class Split(NamedTuple):
    """One list of tests, shared out."""

    visible: tuple[Case, ...]
    hidden: tuple[Case, ...]
    record: str
    """Which test went where, by its place in the source's list, from 1."""


def split(task_id: str, tests: Sequence[tuple[str, Case]]) -> Split:
    """Share out tests, half visible and half hidden, the odd one and a single one visible.

    Args:
        task_id: with each test's text, decides by its hash, so that the split is always the same.
        tests: the text and the case of each.
    """

    def rank(at: int) -> bytes:
        return hashlib.sha256(f"{task_id}\n{tests[at][0]}".encode()).digest()

    ranked = sorted(range(len(tests)), key=rank)
    shown, kept = (sorted(part) for part in _halves(ranked))
    record = f"tests split by hash: visible {_places(shown)}; hidden {_places(kept)}"
    return Split(tuple(tests[at][1] for at in shown), tuple(tests[at][1] for at in kept), record)


def _halves(ranked: list[int]) -> tuple[list[int], list[int]]:
    middle = (len(ranked) + 1) // 2
    return ranked[:middle], ranked[middle:]


def _places(indexes: list[int]) -> str:
    return ", ".join(str(at + 1) for at in indexes) or "none"
