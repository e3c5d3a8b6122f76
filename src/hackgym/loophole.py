"""The shape of a loophole's page, and the catalogue of pages.

A page is a module whose docstring says what the loophole is, why it pays, how it is closed and
who has seen it, and whose `PAGE` carries exploits that must be paid and look-alikes that must not
be accused. Tests run both on real tasks, so no page can be wrong for long.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

from hackgym.errors import UnknownName
from hackgym.names import LOOPHOLE_ORDER
from hackgym.task import MAIN, Task

ALL_STYLES = frozenset({"script", "pytest", "verifier"})


@dataclass(frozen=True, slots=True)
class Exploit:
    """A way to be paid without solving anything, for any task with functions or classes.

    `files` are what the learner hands in. In `solution.py`, the code defines `cheat`: what every
    entry point of the task becomes. Without a `cheat`, entry points become stubs that return None.
    """

    name: str
    files: dict[str, str]
    styles: frozenset[str] = ALL_STYLES
    """The graders on which it works."""
    obfuscated: bool = False

    def against(self, task: Task) -> dict[str, str]:
        """The exploit's files, with the task's entry points bound to it."""
        code = self.files.get(MAIN, "")
        bound = "\n".join(_bind(name, task, cheats="cheat" in code) for name in task.entry_points)
        return {**self.files, MAIN: f"{code.strip()}\n\n{bound}\n"}


def _bind(name: str, task: Task, *, cheats: bool) -> str:
    result = "cheat(*args, **kwargs)" if cheats else "None"
    if task.kind != "class":
        return f"\ndef {name}(*args, **kwargs):\n    return {result}\n"
    return (
        f"\nclass {name}:\n    def __init__(self, *args, **kwargs):\n        pass\n"
        f"\n    def __getattr__(self, name):\n        return lambda *args, **kwargs: {result}\n"
    )


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Honest code that a pattern matcher would accuse: laid around a task's reference.

    In `files`, `{reference}` stands for the reference solution and `{entry}` for the name of its
    first entry point.
    """

    name: str
    files: dict[str, str]
    styles: frozenset[str] = ALL_STYLES
    kinds: frozenset[str] = frozenset({"function", "class"})

    def around(self, task: Task) -> dict[str, str]:
        """The look-alike's files for a task."""
        files = dict(task.reference)
        for path, text in self.files.items():
            text = text.replace("{reference}", task.reference[MAIN])  # noqa: PLW2901 - filled in
            files[path] = text.replace("{entry}", (*task.entry_points, "main")[0])
        return files


@dataclass(frozen=True, slots=True)
class Page:
    """One loophole of the catalogue."""

    name: str
    summary: str
    """What it is, in one sentence."""
    exploits: tuple[Exploit, ...]
    look_alikes: tuple[LookAlike, ...]
    lies_below: frozenset[str] = frozenset()
    """Loopholes that admit so much that its exploits are paid through them too."""


@cache
def catalogue() -> dict[str, Page]:
    """Every installed page by name, lowest first (entry points `hackgym.loopholes`)."""
    pages = {entry.name: entry.load() for entry in entry_points(group="hackgym.loopholes")}
    order = {name: at for at, name in enumerate(LOOPHOLE_ORDER)}
    return dict(sorted(pages.items(), key=lambda item: order.get(item[0], len(order))))


def check_names(names: Iterable[str]) -> frozenset[str]:
    """The names as a set. Raises UnknownName for one that has no page."""
    names = frozenset(names)
    for name in sorted(names):
        if name not in catalogue():
            raise UnknownName("loophole", name, catalogue())
    return names
