"""Task folders of Harbor, in and out.

Of such a folder is read what can be judged here without building its container: tests that import
the solution, and a solution that consists of files. Nothing in it is run.
"""

from __future__ import annotations

import ast
import json
import posixpath
import re
import shlex
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from hackgym.errors import BadInput, BadSubmission
from hackgym.importers import Refusal
from hackgym.importers.folders import folders_of, text_of, texts_below
from hackgym.importers.repository import facade, kind_of, modules
from hackgym.importers.rows import made, parsed
from hackgym.importers.splits import split
from hackgym.importers.suites import Converted, convert
from hackgym.submission import Submission
from hackgym.suite import PROGRAM, Form, render
from hackgym.task import MAIN, Task, dump_task, load_row

TOML = "task.toml"
INSTRUCTION = "instruction.md"
DOCKERFILE = "Dockerfile"
SOLVE = "solve.sh"
TESTS = "test_outputs.py"
ROW = "hackgym.json"
"""In `tests/` of a folder that `export` wrote: all of the task that Harbor has no file for."""
_APART = ("instruction", "reference", "workspace")
"""What of a task lies in files of its own."""
APP = "/app"
"""Where a learner works in a container that says nothing else."""


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read a task's folder, or a folder of them. Raises BadInput where there is none."""
    folders = folders_of(source, TOML, below="tasks")
    return (made(str(folder), folder.name, partial(_task, folder)) for folder in folders)


def _task(folder: Path) -> Task:
    try:
        tomllib.loads(text_of(folder / TOML, folder))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{TOML}: not TOML: {error}") from error
    instruction = text_of(folder / INSTRUCTION, folder)
    start, reference = _parts(folder)
    row = folder / "tests" / ROW
    if row.is_file():
        fields = _row(row, folder)
        told = instruction.removesuffix(_where(fields.get("entry_points")))
        parts = dict(zip(_APART, (told, reference, start), strict=True))
        return load_row({**fields, **parts}, f"tests/{ROW}")
    code = {**start, **reference}
    name, tests = _tests(folder, code)
    handed_on = facade(name, code, tests)
    visible, hidden, record = split(folder.name, tests.tests)
    return Task(
        id=folder.name,
        instruction=instruction,
        kind=kind_of(code, tests),
        entry_points=tests.names,
        visible=visible,
        hidden=hidden,
        reference={**reference, **handed_on},
        workspace={**start, **handed_on},
        source=f"a task of Harbor; {record}",
    )


def _parts(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The files that a learner finds, and those of the reference."""
    app, start = _environment(folder)
    return start, _reference(folder, app)


def _row(path: Path, folder: Path) -> dict[str, object]:
    try:
        row = json.loads(text_of(path, folder))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"tests/{ROW}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadInput(f"tests/{ROW}: a task is a JSON object")
    return row


def _environment(folder: Path) -> tuple[str, dict[str, str]]:
    """Where a learner works in the container, and the text files that are copied there."""
    environment = folder / "environment"
    if not environment.is_dir():
        return APP, {}
    files = texts_below(environment, folder)
    dockerfile = files.pop(DOCKERFILE, None)
    if dockerfile is None:
        return APP, files
    app = APP
    copied: dict[str, str] = {}
    for line in dockerfile.replace("\\\n", " ").splitlines():
        words = line.split()
        if words[:1] == ["WORKDIR"] and len(words) > 1:
            app = posixpath.normpath(posixpath.join(app, words[1]))
            copied = {}
        elif words[:1] in (["COPY"], ["ADD"]) and not any(w.startswith("--") for w in words):
            copied |= _copied(files, words[1:-1], posixpath.join(app, words[-1]), app)
    return app, copied


def _copied(files: Mapping[str, str], sources: list[str], target: str, app: str) -> dict[str, str]:
    """What a COPY lays into the folder in which a learner works."""
    found = {}
    for source in map(posixpath.normpath, sources):
        for path, text in files.items():
            if path == source:
                into = target.endswith("/") or posixpath.normpath(target) == app
                at = posixpath.join(target, posixpath.basename(path)) if into else target
            elif source == "." or path.startswith(f"{source}/"):
                at = posixpath.join(target, posixpath.relpath(path, source))
            else:
                continue
            at = posixpath.normpath(at)
            if at.startswith(f"{app.rstrip('/')}/"):
                found[posixpath.relpath(at, app)] = text
    return found


def _reference(folder: Path, app: str) -> dict[str, str]:
    solution = folder / "solution"
    if (solution / MAIN).is_file():
        files = texts_below(solution, folder)
        return {path: text for path, text in files.items() if not path.endswith(".sh")}
    found = _written(text_of(solution / SOLVE, folder), app)
    if not found:
        raise BadInput(f"solution/{SOLVE}: it writes no file; write solution/{MAIN}")
    return found


_HERE = re.compile(r"<<(-?)\s*(['\"]?)(\w+)\2")
_TARGET = re.compile(r"(?:(?<!>)>\s*|\btee\s+)(['\"]?)([^\s'\"<>|;&]+)\1")
_WRITES = re.compile(r"\s*(cat|tee)\b[^|;&]*")
_HARMLESS = re.compile(r"\s*(#.*|((set|mkdir|chmod|echo)\s[^>|;&$`]*)?|cd\s+[^\s;&|]+)")


def _written(script: str, app: str) -> dict[str, str]:
    """The files that a script writes by here-documents, if it does nothing else that matters."""
    found: dict[str, str] = {}
    where, lines = app, script.split("\n")
    at = 0
    while at < len(lines):
        line, at = lines[at], at + 1
        told = f"solution/{SOLVE}: line {at}"
        here, target = _HERE.search(line), _TARGET.search(line)
        if here is None or target is None or not _WRITES.fullmatch(line):
            if not _HARMLESS.fullmatch(line):
                raise BadInput(
                    f"{told}: it is not run here, and does more than write files by "
                    f"`cat > FILE <<'END'`; write solution/{MAIN}"
                )
            if (moved := re.fullmatch(r"\s*cd\s+(\S+)", line)) is not None:
                where = posixpath.normpath(posixpath.join(where, moved[1].strip("'\"")))
            continue
        if here[1]:
            lines[at:] = [each.lstrip("\t") for each in lines[at:]]
        try:
            end = lines.index(here[3], at)
        except ValueError:
            raise BadInput(f"{told}: there is no line {here[3]!r} after it") from None
        text = "".join(f"{each}\n" for each in lines[at:end])
        if not here[2] and re.search(r"[$`\\]", text):
            raise BadInput(f"{told}: the shell would change the text; quote {here[3]!r}")
        path = posixpath.normpath(posixpath.join(where, target[2]))
        if not path.startswith(f"{app.rstrip('/')}/"):
            raise BadInput(f"{told}: {path} lies outside of {app}; only files in it count")
        found[posixpath.relpath(path, app)] = text
        at = end + 1
    return found


def _tests(folder: Path, code: Mapping[str, str]) -> tuple[str, Converted]:
    """The name of the file of tests, and what is in it."""
    tests = folder / "tests"
    found = sorted(tests.glob("test_*.py"))
    if len(found) != 1:
        raise BadInput(f"tests: one file {TESTS} is supported, not {len(found)} of test_*.py")
    name = f"tests/{found[0].name}"
    converted = convert(name, parsed(name, text_of(found[0], folder)), modules(code))
    for text, case in converted.tests:
        for node in ast.walk(ast.parse(case.source if case.kind == "suite" else text)):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and re.match(r"/(app|workspace|logs|tmp|root)\b", value):
                raise BadInput(f"{name}: it looks at {value!r}; only imports are supported")
    return name, converted


# Out.

_TASK_TOML = """schema_version = "1.4"

[task]
name = {name}
description = {description}
keywords = ["hackgym"]

[metadata]
difficulty = {difficulty}
category = "programming"

[verifier]
timeout_sec = 600.0

[agent]
timeout_sec = 900.0

[environment]
build_timeout_sec = 600.0
cpus = 1
memory_mb = {memory_mb}
storage_mb = 10240
"""

_DOCKERFILE = f"""FROM python:3.12-slim
RUN pip install --no-cache-dir "pytest>=8.2,<10"
WORKDIR {APP}
"""
_COPY = f"COPY workspace/ {APP}/\n"

_TEST = f"""#!/bin/bash
# Pays 1 where all tests pass, and 0 where one does not.
mkdir -p /logs/verifier
cd {APP} || exit 1
if PYTHONPATH={APP} python -m pytest -q -p no:cacheprovider /tests/{TESTS}; then
  echo 1 > /logs/verifier/reward.txt
else
  echo 0 > /logs/verifier/reward.txt
fi
"""

_SOLVE = f"""#!/bin/bash
# Lays the reference solution down.
set -e
cd "$(dirname "$0")"
app={APP}
"""


def export(task: Task, dest: Path) -> None:
    """Write a task as a folder of Harbor, from which `read` makes the same task again.

    Its tests run the visible and the hidden cases with pytest. The container is built from
    `environment/Dockerfile`, which installs pytest.

    Args:
        task: to be written. A verifier program of its own, a generator and wrong solutions are
            kept for `read`; Harbor does not use them.
        dest: the folder to write; it must not exist, or be empty.

    Raises:
        BadInput: `dest` is taken, or the task's files cannot be laid into a container.
    """
    files = _exported(task)
    if dest.exists() and (not dest.is_dir() or any(dest.iterdir())):
        raise BadInput(f"{dest}: this is not empty; give a folder that does not exist")
    dest.parent.mkdir(parents=True, exist_ok=True)
    whole = Path(tempfile.mkdtemp(prefix=f".{dest.name}.", dir=dest.parent))
    try:
        for path, text in files.items():
            (whole / path).parent.mkdir(parents=True, exist_ok=True)
            (whole / path).write_bytes(text.encode())
            (whole / path).chmod(0o755 if path.endswith(".sh") else 0o644)
        whole.chmod(0o755)
        _check_readable(task, whole)
        whole.replace(dest)
    except BaseException:
        shutil.rmtree(whole)
        raise


def _check_readable(task: Task, folder: Path) -> None:
    """Raise BadInput where files of the task are not found in its folder again."""
    if _parts(folder) != (dict(task.workspace), dict(task.reference)):
        raise BadInput(
            f"{task.id}: there are scripts, hidden or large files in it, or no {MAIN}; "
            "such a task cannot be exported"
        )


def _exported(task: Task) -> dict[str, str]:
    """The files of a task's folder."""
    for name, part in (("reference", task.reference), ("workspace", task.workspace)):
        try:
            Submission(part)
        except BadSubmission as error:
            raise BadInput(f"{task.id}: {name}: {error}") from error
    row = {name: field for name, field in dump_task(task).items() if name not in _APART}
    laid = [_laid(path) for path in task.reference]
    files = {
        TOML: _toml(task),
        INSTRUCTION: task.instruction + _where(task.entry_points),
        f"environment/{DOCKERFILE}": _DOCKERFILE + _COPY * bool(task.workspace),
        "tests/test.sh": _TEST,
        f"tests/{TESTS}": render(task, task.visible + task.hidden, Form("none")).source,
        f"tests/{ROW}": json.dumps(row, indent=1, sort_keys=True) + "\n",
        f"solution/{SOLVE}": _SOLVE + "".join(laid),
    }
    if task.kind == "program":
        files["tests/program.py"] = PROGRAM
    files |= {f"solution/{path}": text for path, text in task.reference.items()}
    return files | {f"environment/workspace/{p}": text for p, text in task.workspace.items()}


def _laid(path: str) -> str:
    """The lines of a script that copy a file from beside it."""
    folder = posixpath.dirname(path)
    made = f'mkdir -p "$app"/{shlex.quote(folder)}\n' if folder else ""
    return f'{made}cp {shlex.quote(path)} "$app"/{shlex.quote(path)}\n'


def _where(entry_points: object) -> str:
    """What Harbor's learners have to be told besides: in which file an answer is looked for."""
    names = entry_points if isinstance(entry_points, tuple | list) else ()
    wanted = f", from which are imported: {', '.join(f'`{name}`' for name in names)}"
    return f"\n\nYour answer is `{APP}/{MAIN}`{wanted if names else ''}.\n"


def folder_name(task: Task) -> str:
    """A name for a task's folder, of letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", task.id.lower()).strip("-") or "task"


def _toml(task: Task) -> str:
    first = task.instruction.strip().partition("\n")[0].lstrip("# ")[:200]
    return _TASK_TOML.format(
        name=json.dumps(f"hackgym/{folder_name(task)}"),
        description=json.dumps(first),
        difficulty=json.dumps(task.difficulty or "medium"),
        memory_mb=max(2048, task.limits.memory_mb),
    )
