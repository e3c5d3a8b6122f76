"""Lists of asserts, with set-up code and code to begin with, as sets for training have them.

A row has a task (`prompt`, `question` or `text`), a solution (`canonical_solution`, `solution` or
`code`), asserts (`test_list`, `tests` or `asserts`), and perhaps `setup_code` (or
`test_setup_code`), `starter_code` and `entry_point`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import AliasChoices, BaseModel, Field

from hackgym.importers import Refusal
from hackgym.importers.asserted import asserted
from hackgym.importers.pairs import STARTER
from hackgym.importers.rows import Row, parsed, read_rows
from hackgym.task import Task

IDS = ("task_id", "id", "question_id", "problem_id")
TEXTS = ("prompt", "question", "text")
CODES = ("canonical_solution", "solution", "code")
TESTS = ("test_list", "tests", "asserts")
SETUPS = ("setup_code", "test_setup_code")


class _Row(BaseModel):
    task_id: str | int | None = Field(None, validation_alias=AliasChoices(*IDS))
    text: str = Field(validation_alias=AliasChoices(*TEXTS))
    code: str = Field(validation_alias=AliasChoices(*CODES))
    tests: list[str] = Field(validation_alias=AliasChoices(*TESTS))
    setup_code: str | None = Field(None, validation_alias=AliasChoices(*SETUPS))
    starter_code: str | None = None
    entry_point: str | None = None


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read a file of rows with asserts. Raises BadInput where it is malformed.

    A row without an id is called by a hash of its text.
    """
    return read_rows(source, _task, IDS)


def _task(data: Row) -> Task:
    row = _Row.model_validate(data)
    setup, code = ((each or "").replace("\r\n", "\n") for each in (row.setup_code, row.code))
    used = {names: next(name for name in names if name in data) for names in (CODES, TESTS)}
    begin = "\n\n\n".join(filter(None, (setup.strip(), (row.starter_code or "").strip("\n"))))
    # Some name a method, as in `Solution().add`.
    entry = re.match(r"\w*", row.entry_point or "")
    return asserted(
        task_id=_id(row),
        origin="rows of asserts",
        text=row.text,
        code=code,
        trees=(
            parsed(used[CODES], code),
            parsed(next((name for name in SETUPS if name in data), ""), setup),
            parsed(used[TESTS], "\n".join(map(str.strip, row.tests))),
        ),
        fields=(used[CODES], used[TESTS]),
        entry=entry.group() if entry else "",
        notes=STARTER.format(starter=begin) if begin else "",
        bounded=True,
    )


def _id(row: _Row) -> str:
    if row.task_id is not None:
        return f"asserts/{row.task_id}"
    digest = hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"asserts/{digest[:12]}"
