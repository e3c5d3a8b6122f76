"""What all importers share: the rows of a source, and when one is refused."""

from __future__ import annotations

import ast
import gzip
import json
import warnings
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hackgym.errors import BadInput, BadSubmission
from hackgym.importers import Refusal
from hackgym.submission import Submission
from hackgym.suite import Form, render
from hackgym.task import Task, first_problem

Row = dict[str, Any]


def read_rows(source: Path, build: Callable[[Row], Task]) -> Iterator[Task | Refusal]:
    """Make a task of each row of a JSONL file, which may be compressed (`.gz`).

    Args:
        source: the file.
        build: makes a task of a row; raises BadInput or pydantic's ValidationError if it cannot.

    Yields:
        For each row, the task or the refusal.

    Raises:
        BadInput: the file cannot be read, or a line of it is no JSON object.
    """
    for number, row in _rows(source):
        name = row.get("task_id")
        known = str(name) if isinstance(name, str | int) else f"line {number}"
        yield made(f"{source}:{number}", known, partial(build, row))


def made(where: str, name: str, build: Callable[[], Task]) -> Task | Refusal:
    """The task that is built, or a refusal that says where and why it could not be."""
    try:
        task = build()
        _check(task)
    except ValidationError as error:
        why = first_problem(error)
    except (BadInput, SyntaxError, ValueError, RecursionError) as error:
        why = str(error)
    except MemoryError:  # of the parser's stack
        why = "the code is nested too deep"
    else:
        return task
    return Refusal(name, f"{where}: {' '.join(why.split())}")


def _check(task: Task) -> None:
    """Raise unless there is something to test, and all of it can be written as a test file."""
    if not task.visible:
        raise BadInput("there is no test in it; give at least one")
    if not all(name.isidentifier() for name in task.entry_points):
        raise BadInput("entry_point: give the name of a function")
    for field in ("reference", "workspace"):
        try:
            Submission(getattr(task, field))
        except BadSubmission as error:
            raise BadInput(f"{field}: {error}") from error
    tests = render(task, task.visible + task.hidden, Form()).source
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(tests, "test_solution.py", "exec", dont_inherit=True)
        except SyntaxError as error:
            raise BadInput(f"its tests cannot be compiled: {error.msg}") from error


def _rows(source: Path) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(_text(source).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            why = getattr(error, "msg", error)
            raise BadInput(f"{source}:{number}: not JSON, one object a line: {why}") from error
        if not isinstance(row, dict):
            raise BadInput(f"{source}:{number}: a row is a JSON object, not a {type(row).__name__}")
        yield number, row


def _text(source: Path) -> str:
    try:
        data = source.read_bytes()
        return (gzip.decompress(data) if source.suffix == ".gz" else data).decode("utf-8")
    except FileNotFoundError:
        raise BadInput(f"{source}: the file is missing") from None
    except IsADirectoryError:
        raise BadInput(f"{source}: this is a folder; give a .jsonl or .jsonl.gz file") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{source}: the file is not UTF-8 text; give .jsonl or .jsonl.gz") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BadInput(f"{source}: the compressed file is damaged: {error}") from error


def parsed(field: str, code: str) -> ast.Module:
    """The syntax tree of a field's code. Raises BadInput naming the field and the line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as for the escapes in others' texts
            return ast.parse(code)
    except SyntaxError as error:
        raise BadInput(f"{field}: not Python: line {error.lineno}: {error.msg}") from error
