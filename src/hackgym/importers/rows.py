"""What all importers share: the rows of a source, what is read from a row, and when it is refused.

A source is hostile: what is read of it at once is bounded, and only plain data is made of it.
"""

from __future__ import annotations

import ast
import gzip
import json
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BufferedIOBase
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from hackgym.errors import BadInput, BadSubmission
from hackgym.importers import Refusal
from hackgym.submission import Submission
from hackgym.suite import Form, render
from hackgym.task import Task, dump_task, first_problem

Row = dict[str, Any]
Model = TypeVar("Model", bound=BaseModel)

MAX_ROW_MB = 64
"""No longer row, or file of a source that is a folder, is read."""
MAX_ID = 200
MAX_INSTRUCTION = 2**20


def read_rows(
    source: Path, build: Callable[[Row], Task], ids: tuple[str, ...] = ("task_id",)
) -> Iterator[Task | Refusal]:
    """Make a task of each row of a JSONL file, which may be compressed (`.gz`).

    Args:
        source: the file.
        build: makes a task of a row; raises BadInput or pydantic's ValidationError if it cannot.
        ids: the fields that may have the row's id, for refusals.

    Yields:
        For each row, the task or the refusal.

    Raises:
        BadInput: the file cannot be read, or a line of it is no JSON object.
    """
    for number, row in _rows(source):
        if row is None:
            too_long = f"{source}:{number}: the row is longer than {MAX_ROW_MB} MiB"
            yield Refusal(f"line {number}", too_long)
            continue
        names = (row.get(field) for field in ids)
        name = next((each for each in names if isinstance(each, str | int)), f"line {number}")
        yield made(f"{source}:{number}", str(name), partial(build, row))


def made(where: str, name: str, build: Callable[[], Task]) -> Task | Refusal:
    """The task that is built, or a refusal that says where and why it could not be."""
    try:
        task = build()
        _check(task)
    except ValidationError as error:
        why = first_problem(error)
    except (BadInput, SyntaxError, ValueError, ArithmeticError, RecursionError) as error:
        why = str(error)
    except MemoryError:  # of the parser's stack, with code that is nested too deep
        why = "the code is nested too deep"
    else:
        return task
    known = "".join(each if each.isprintable() else "?" for each in name)
    return Refusal(known[:MAX_ID], f"{where}: {' '.join(why.split())}")


def _check(task: Task) -> None:
    """Raise unless there is something to test, and all of it can be written down."""
    if not 0 < len(task.id) <= MAX_ID or not task.id.isprintable():
        raise BadInput(f"the id is empty, longer than {MAX_ID} characters, or not printable")
    if not task.visible:
        raise BadInput("there is no test in it; give at least one")
    if not all(name.isidentifier() for name in task.entry_points):
        raise BadInput("entry_point: give the name of a function")
    if len(task.instruction) > MAX_INSTRUCTION:
        raise BadInput(f"the instruction is longer than {MAX_INSTRUCTION} characters")
    for field in ("reference", "workspace"):
        try:
            Submission(getattr(task, field))
        except BadSubmission as error:
            raise BadInput(f"{field}: {error}") from error
    json.dumps(dump_task(task))
    tests = render(task, task.visible + task.hidden, Form()).source
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(tests, "test_solution.py", "exec", dont_inherit=True)
        except SyntaxError as error:
            raise BadInput(f"its tests cannot be compiled: {error.msg}") from error


def _rows(source: Path) -> Iterator[tuple[int, Row | None]]:
    """The rows with their numbers; None for one that is too long."""
    for number, line in _lines(source):
        if line is None:
            yield number, None
            continue
        where = f"{source}:{number}"
        try:
            row = json.loads(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise BadInput(f"{where}: not UTF-8 text; give .jsonl or .jsonl.gz") from error
        except (ValueError, RecursionError) as error:
            why = getattr(error, "msg", error)
            raise BadInput(f"{where}: not JSON, one object a line: {why}") from error
        if not isinstance(row, dict):
            raise BadInput(f"{where}: a row is a JSON object, not a {type(row).__name__}")
        yield number, row


def _lines(source: Path) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not empty, with their numbers; never a whole file in memory."""
    longest = MAX_ROW_MB * 2**20
    with _opened(source) as file:
        number = 0
        while line := file.readline(longest + 1):
            number += 1
            if len(line) > longest:
                yield number, None
                while line and not line.endswith(b"\n"):
                    line = file.readline(longest)
            elif line.strip():
                yield number, line


@contextmanager
def _opened(source: Path) -> Iterator[BufferedIOBase]:
    try:
        with gzip.open(source) if source.suffix == ".gz" else source.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise BadInput(f"{source}: the file is missing") from None
    except IsADirectoryError:
        raise BadInput(f"{source}: this is a folder; give a .jsonl or .jsonl.gz file") from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BadInput(f"{source}: the compressed file is damaged: {error}") from error
    except OSError as error:
        raise BadInput(f"{source}: the file cannot be read: {error.strerror}") from error


def text_of(path: Path, root: Path) -> str:
    """The text of a file of a source that is a folder. Raises BadInput naming the file.

    What a link leads to outside of the folder is not read.
    """
    name = path.relative_to(root)
    if not path.resolve().is_relative_to(root.resolve()):
        raise BadInput(f"{name}: this is a link that leads out of the folder")
    if not path.is_file():
        raise BadInput(f"{name}: the file is missing")
    if path.stat().st_size > MAX_ROW_MB * 2**20:
        raise BadInput(f"{name}: the file is larger than {MAX_ROW_MB} MiB")
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{name}: the file is not UTF-8 text") from error
    except OSError as error:
        raise BadInput(f"{name}: the file cannot be read: {error.strerror}") from error


def parsed(field: str, code: str) -> ast.Module:
    """The syntax tree of a field's code. Raises BadInput naming the field and the line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as for the escapes in others' texts
            return ast.parse(code)
    except SyntaxError as error:
        raise BadInput(f"{field}: not Python: line {error.lineno}: {error.msg}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise BadInput(f"{field}: not Python: {error or 'it is nested too deep'}") from error


def decoded(field: str, text: str) -> Any:
    """The value of a field's JSON text. Raises BadInput naming the field."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{field}: not JSON: {error}") from error


def part(field: str, model: type[Model], data: Any) -> Model:
    """A field's value as a model. Raises BadInput naming the field and what is in it."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise BadInput(f"{field}.{first_problem(error)}") from error
