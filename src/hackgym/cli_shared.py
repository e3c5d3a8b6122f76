"""What all commands share: where they print, options, and how work is shown."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from hackgym.judge import Judge
from hackgym.sandbox import Sandbox, open_sandbox

out = Console()
err = Console(stderr=True)


class Causes(StrEnum):
    """How many causes of a hack are looked for."""

    first = "first"
    all = "all"


AsJson = Annotated[bool, typer.Option("--json", help="Print plain JSON instead of tables.")]
SandboxName = Annotated[str, typer.Option("--sandbox", help="Where untrusted code runs.")]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Grades at a time; by default one per core.")
]
TasksPath = Annotated[
    Path | None, typer.Option(help="A task set: a path, a built-in set's name, or all.")
]
SplitName = Annotated[
    str | None, typer.Option(help="Only the tasks of this split: train, validation or test.")
]
CausesOption = Annotated[Causes, typer.Option(help="Stop at the lowest cause, or find all.")]


def escaped(text: str) -> str:
    """A text that is printed as it stands, whatever brackets are in it."""
    return text.replace("[", "\\[")


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """A progress bar on stderr; what it yields is called with how much is done, and of how much."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    quiet = not err.is_terminal
    clock = TimeElapsedColumn()
    with Progress(*columns, clock, console=err, transient=True, disable=quiet) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done, total=total: bar.update(task, completed=done, total=total)


def opened_sandbox(name: str, workers: int | None) -> contextlib.closing[Sandbox]:
    """The sandbox of that name, with a warning where it is less than it could be."""
    box = open_sandbox(name, workers)
    if lacks := getattr(box, "lacks", ""):
        note = f"the sandbox {name!r} is in its lower tier: {lacks}"
        err.print(f"[bold yellow]warning:[/] {escaped(note)}", highlight=False, soft_wrap=True)
    return contextlib.closing(box)


@contextmanager
def opened_judge(sandbox: str, workers: int | None, causes: Causes) -> Iterator[Judge]:
    """A judge in the sandbox of that name."""
    with opened_sandbox(sandbox, workers) as box:
        yield Judge(box, causes.value)


def print_json(data: Any) -> None:
    """Print data on stdout for a program."""
    typer.echo(json.dumps(data, indent=2))
