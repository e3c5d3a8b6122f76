"""Verdicts for submissions that already exist: rows in, rows out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hackgym.errors import BadInput, BadSubmission, UnknownName
from hackgym.grader import Grader
from hackgym.judge import Entry, Judge, refused
from hackgym.measure import write_whole
from hackgym.records import Verdict
from hackgym.submission import Submission
from hackgym.task import Task

MAX_ROW_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the input: a submission for a task, and whatever else its author put there."""

    id: str
    task: Task
    files: dict[str, Any]
    carried: dict[str, Any]


def read_rows(path: Path, tasks: Mapping[str, Task], grader: Grader) -> list[Row]:
    """Read submission rows. Raises BadInput naming the line, the field and the remedy."""
    rows = [_row(data, where, tasks, grader) for where, data in _objects(path)]
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise BadInput(f"{path}: the id {row.id!r} stands twice; give each row its own")
        seen.add(row.id)
    return rows


def _objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}") from error
    for number, line in enumerate(lines, start=1):
        where = f"{path}:{number}"
        if not line.strip():
            continue
        if len(line) > MAX_ROW_BYTES:
            raise BadInput(f"{where}: a row is larger than {MAX_ROW_BYTES} bytes")
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadInput(f"{where}: not JSON: {error}") from error
        if not isinstance(data, dict):
            raise BadInput(f"{where}: a row is a JSON object with id, task_id and files")
        yield where, data


def _row(data: dict[str, Any], where: str, tasks: Mapping[str, Task], grader: Grader) -> Row:
    for name in ("id", "task_id"):
        if not isinstance(data.get(name), str):
            raise BadInput(f"{where}: {name}: give a text")
    if not isinstance(data.get("files"), dict):
        raise BadInput(f"{where}: files: give an object of path and text")
    try:
        task = tasks[data["task_id"]]
    except UnknownName as error:
        raise BadInput(f"{where}: task_id: {error}") from error
    if not grader.fits(task):
        raise BadInput(f"{where}: task {task.id!r} cannot be graded by {grader.name}")
    carried = {key: value for key, value in data.items() if key != "files"}
    return Row(data["id"], task, data["files"], carried)


def grade_rows(
    rows: list[Row],
    judge: Judge,
    grader: Grader,
    open_loopholes: frozenset[str] | None,
    progress: Callable[[int], None] | None = None,
) -> list[Verdict]:
    """The verdict on each row, in their order."""
    handed_in = [_submission(row) for row in rows]
    entries = [
        Entry(row.task, submission, grader, open_loopholes)
        for row, submission in zip(rows, handed_in, strict=True)
        if isinstance(submission, Submission)
    ]
    judged = iter(judge.judge_many(entries, progress))
    return [
        next(judged)
        if isinstance(each, Submission)
        else refused(Entry(row.task, Submission({}), grader, open_loopholes), each)
        for row, each in zip(rows, handed_in, strict=True)
    ]


def _submission(row: Row) -> Submission | str:
    try:
        return Submission(row.files)
    except BadSubmission as error:
        return str(error)


def write_rows(path: Path, rows: list[Row], verdicts: list[Verdict]) -> None:
    """Write verdict rows, whole or not at all, with what their authors had put beside."""
    lines = [
        json.dumps({**row.carried, **verdict.as_dict(), "id": row.id})
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    write_whole(path, "".join(f"{line}\n" for line in lines))
