"""Sets of tasks. What a set holds is looked at when it is opened, a task is read when it is used.

So a set of ten thousand opens in a moment, and takes no more memory than one of a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json

from hackgym.errors import BadInput, UnknownName
from hackgym.recent import Recent
from hackgym.task import Task, check_split, load_row
from hackgym.task_folder import load_task, summary

QUARANTINE = "quarantine.jsonl"
"""Beside a set's tasks: the ids of those that are not sound, with the reason."""

REMEMBERED = 128
"""How many tasks of a set are kept in memory."""


class Head(NamedTuple):
    """What a list of tasks shows of one."""

    id: str
    kind: str
    difficulty: str
    family: str
    split: str
    steps: int
    visible: int
    hidden: int


class TaskSet(Mapping[str, Task]):
    """Tasks by id, read when asked for.

    A set is a folder of task folders, a folder of such sets, a folder with a `tasks.jsonl`, or a
    JSONL file of rows. Tasks in quarantine are left out, unless they are asked for to be checked
    again.

    Args:
        path: where the set is.
        quarantined: whether tasks in quarantine belong to it too.
        split: only the tasks of this split: `train`, `validation` or `test`.

    Raises:
        BadInput: there is no set at the path, or none of its tasks is of the split.
        UnknownName: there is no such split.
    """

    def __init__(self, path: Path, *, quarantined: bool = False, split: str | None = None) -> None:
        check_split(split)
        self.path = path
        self._recent: Recent[str, Task] = Recent(REMEMBERED)
        self._source = _opened(path)
        self._ids = dict.fromkeys(self._source.places)
        if not quarantined:
            for task_id in _quarantined(path):
                self._ids.pop(task_id, None)
        if split is not None:
            self._ids = {each.id: None for each in self.heads() if each.split == split}
        if not self._ids:
            which = f" of the split {split!r}" if split else ""
            raise BadInput(f"{path}: there is no task{which} in this set")

    def __getitem__(self, task_id: str) -> Task:
        if task_id not in self._recent:
            if task_id not in self._ids:
                raise UnknownName("task", task_id, self._ids)
            self._recent[task_id] = self._source.task(task_id)
        return self._recent[task_id]

    def __contains__(self, task_id: object) -> bool:
        return task_id in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def heads(self) -> Iterator[Head]:
        """What a list shows of each task. Raises BadInput where one cannot be read."""
        return (self._source.head(task_id) for task_id in self._ids)


class _Folders:
    """Task folders, at any of two depths."""

    def __init__(self, path: Path) -> None:
        self.places: dict[str, Path] = {}
        for folder in sorted(each.parent for each in _task_files(path)):
            if folder.name in self.places:
                raise BadInput(f"{folder}: a task of this name is in {self.places[folder.name]}")
            self.places[folder.name] = folder

    def task(self, task_id: str) -> Task:
        return load_task(self.places[task_id])

    def head(self, task_id: str) -> Head:
        return Head(**summary(self.places[task_id]))


def _task_files(path: Path) -> Iterable[Path]:
    return [*path.glob("*/task.toml"), *path.glob("*/*/task.toml")]


class _Rows:
    """The rows of a file: where each begins, and what a list shows of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.places: dict[str, tuple[int, Head]] = {}
        for place, number, row in _rows(path):
            if row["id"] in self.places:
                raise BadInput(f"{path}:{number}: an earlier row has the id {row['id']!r} too")
            self.places[row["id"]] = place, _head(row)

    def task(self, task_id: str) -> Task:
        with self._path.open("rb") as file:
            file.seek(self.places[task_id][0])
            line = file.readline()
        try:
            row = _row(line, f"{self._path}: {task_id}")
        except BadInput:
            row = {}
        if row.get("id") != task_id:
            raise BadInput(f"{self._path}: the file has changed; open the set again")
        return load_row(row, f"{self._path}: {task_id}")

    def head(self, task_id: str) -> Head:
        return self.places[task_id][1]


def _opened(path: Path) -> _Folders | _Rows:
    if path.is_file():
        return _Rows(path)
    if (path / "tasks.jsonl").is_file():
        return _Rows(path / "tasks.jsonl")
    if path.is_dir():
        return _Folders(path)
    raise BadInput(f"{path}: there is no task set; give a folder or a .jsonl file")


def _quarantined(path: Path) -> list[str]:
    beside = (path if path.is_dir() else path.parent) / QUARANTINE
    return [row["id"] for _, _, row in _rows(beside)] if beside.is_file() else []


def _head(row: Mapping[str, Any]) -> Head:
    """What a list shows of a row; wrong types are told of when the task is read."""

    def count(name: str) -> int:
        cases = row.get(name)
        return len(cases) if isinstance(cases, list) else 0

    steps = row.get("steps", 1)
    return Head(
        id=row["id"],
        kind=str(row.get("kind", "function")),
        difficulty=str(row.get("difficulty", "")),
        family=str(row.get("family", "")),
        split=str(row.get("split", "")),
        steps=steps if isinstance(steps, int) else 1,
        visible=count("visible"),
        hidden=count("hidden"),
    )


def _rows(path: Path) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """The rows of a JSONL file: the place of the first byte, the line's number, and the row."""
    place = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield place, number, _row(line, f"{path}:{number}")
            place += len(line)


def _row(line: bytes, where: str) -> dict[str, Any]:
    try:
        row = from_json(line)
    except ValueError as error:
        raise BadInput(f"{where}: not JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        raise BadInput(f"{where}: a task is an object with a text `id`")
    return row
