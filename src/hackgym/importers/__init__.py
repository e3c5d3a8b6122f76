"""Task sets that others publish, brought into our own form.

An importer reads a source and gives, for each row, a task or the reason why it is none.
`import_set` leads a whole source through an importer and the soundness check, and writes what is
left.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from hackgym.errors import BadInput, UnknownName
from hackgym.grader import Grader
from hackgym.judge import Judge
from hackgym.soundness import check
from hackgym.task import Task, dump_task
from hackgym.taskset import QUARANTINE, TaskSet

TASKS = "tasks.jsonl"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row of a source that did not become a task, and why, in one line."""

    id: str
    reason: str


Importer = Callable[[Path], Iterator[Task | Refusal]]
"""Reads a source. Raises BadInput, naming file and line, where the source itself is malformed."""


@cache
def importers() -> dict[str, Importer]:
    """The installed importers by format (entry points `hackgym.importers`)."""
    return {entry.name: entry.load() for entry in entry_points(group="hackgym.importers")}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a source."""

    tasks: tuple[Task, ...]
    refusals: tuple[Refusal, ...]


def import_set(
    form: str,
    source: Path,
    dest: Path,
    judge: Judge | None = None,
    graders: Sequence[Grader] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Imported:
    """Read a published task set and write what is sound of it.

    Args:
        form: the name of an importer.
        source: a file in that format, or what else the importer takes.
        dest: the folder to write `tasks.jsonl` and `quarantine.jsonl` into; made if missing.
        judge: proves the tasks sound; without it they are written as they were read.
        graders: under which they have to be sound.
        progress: called with how many of how many submissions have been judged.

    Returns:
        The tasks written, and what was left out with the reason.

    Raises:
        UnknownName: there is no such importer.
        BadInput: the source is malformed, nothing in it is usable, or `dest` is a file.
    """
    if form not in importers():
        raise UnknownName("task format", form, importers())
    tasks, refusals = _sorted_out(importers()[form](source))
    if judge is not None:
        unsound = {each.task_id: each.reason for each in check(tasks, judge, graders, progress)}
        refusals += [Refusal(task_id, reason) for task_id, reason in unsound.items()]
        tasks = [task for task in tasks if task.id not in unsound]
    if not tasks:
        first = f"; the first: {refusals[0].id}: {refusals[0].reason}" if refusals else ""
        raise BadInput(f"{source}: there is no usable task in it{first}")
    write_set(tasks, dest, refusals)
    return Imported(tuple(tasks), tuple(refusals))


def _sorted_out(rows: Iterable[Task | Refusal]) -> tuple[list[Task], list[Refusal]]:
    """Tasks and refusals apart; of tasks with one id, the first stays."""
    tasks: dict[str, Task] = {}
    refusals = []
    for row in rows:
        if isinstance(row, Refusal):
            refusals.append(row)
        elif row.id in tasks:
            refusals.append(Refusal(row.id, "an earlier row has the same id"))
        else:
            tasks[row.id] = row
    # A task whose id stands in the quarantine is not used, so no refused row may bring it there.
    renamed = [
        Refusal(f"{each.id} (another row)", each.reason) if each.id in tasks else each
        for each in refusals
    ]
    return list(tasks.values()), renamed


def write_set(tasks: Iterable[Task], dest: Path, refusals: Iterable[Refusal] = ()) -> None:
    """Write a task set as `tasks.jsonl`, and beside it `quarantine.jsonl` with what was left out.

    Each file appears whole or not at all. Raises BadInput when `dest` cannot be a folder.
    """
    try:
        dest.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise BadInput(f"{dest}: this is not a folder; give one to write the set into") from error
    _write_lines(dest / TASKS, (dump_task(task) for task in tasks))
    _write_lines(dest / QUARANTINE, ({"id": each.id, "reason": each.reason} for each in refusals))


def quarantine(tasks: TaskSet, checked: Iterable[str], unsound: Mapping[str, str]) -> None:
    """Put the tasks of a set that are not sound into its quarantine, and let the others out.

    Args:
        tasks: the set.
        checked: the tasks that were looked at; rows of the quarantine about others stay.
        unsound: why, by id.
    """
    beside = (tasks.path if tasks.path.is_dir() else tasks.path.parent) / QUARANTINE
    rows = [json.loads(line) for line in beside.read_text().splitlines()] if beside.exists() else []
    kept = [row for row in rows if row["id"] not in set(checked)]
    kept += [{"id": task_id, "reason": reason} for task_id, reason in unsound.items()]
    if kept != rows:
        _write_lines(beside, kept)


def _write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON lines under another name and rename them into place."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, sort_keys=True) + "\n" for row in rows)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
