"""MBPP, as its authors publish it: `mbpp.jsonl`.

A row has a sentence, a solution, and a list of asserts, which are run in the solution's own module.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from hackgym.importers import Refusal
from hackgym.importers.asserted import asserted
from hackgym.importers.rows import Row, parsed, read_rows
from hackgym.task import Task


class _Row(BaseModel):
    task_id: int
    text: str
    code: str
    test_list: list[str]
    test_setup_code: str = ""


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read an MBPP file. Raises BadInput where it is malformed."""
    return read_rows(source, _task)


def _task(data: Row) -> Task:
    row = _Row.model_validate(data)
    code = row.code.replace("\r\n", "\n")
    return asserted(
        task_id=f"mbpp/{row.task_id}",
        origin="MBPP",
        text=row.text,
        code=code,
        trees=(
            parsed("code", code),
            parsed("test_setup_code", row.test_setup_code.replace("\r\n", "\n")),
            parsed("test_list", "\n".join(map(str.strip, row.test_list))),
        ),
        fields=("code", "test_list"),
    )
