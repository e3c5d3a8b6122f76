"""A learner's folder in an episode of many steps: what an action is, and what it does.

Nothing lives between two steps but the folder and a list of the commands that left processes
running. Each command runs in a fresh box, where the folder is laid and those commands are run
again. So any number of episodes can be played side by side, in any sandbox, and again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from hackgym.errors import BadSubmission
from hackgym.grades import report_lines
from hackgym.records import Deed
from hackgym.sandbox import Box, File, Job, Limits, Ran
from hackgym.submission import Submission, check_path, parse_blocks
from hackgym.task import Frozen, Task, first_problem
from hackgym_guest.workspace import TIMED_OUT

COMMAND_S = 30.0
"""How long a command may take."""

BUDGET_S = 300.0
"""How long all commands and tests of an episode may take together."""

SHOWN = 20_000
"""How many characters of a file or of an output are shown in one observation."""

BUDGET_SHOWN = 400_000
"""How many characters are shown in an episode."""

MAX_NOTES = 20

MARGIN_S = 5.0
"""How much longer a box lasts than its command, to read the folder."""


class Read(Frozen):
    """Show a file."""

    action: Literal["read"]
    path: str = Field(min_length=1)


class Write(Frozen):
    """Write a file."""

    action: Literal["write"]
    path: str = Field(min_length=1)
    content: str


class List(Frozen):
    """Show the paths below a folder."""

    action: Literal["list"]
    path: str = ""


class Run(Frozen):
    """Run a command in a shell."""

    action: Literal["run"]
    command: str = Field(min_length=1)


class Test(Frozen):
    """Run the visible tests."""

    action: Literal["test"]


class Submit(Frozen):
    """Hand in what lies in the folder."""

    action: Literal["submit"]


Action = Annotated[Read | Write | List | Run | Test | Submit, Field(discriminator="action")]
_ACTION: TypeAdapter[Action] = TypeAdapter(Action)

ARGUMENT = {"read": "path", "list": "path", "run": "command", "test": "", "submit": ""}
"""Actions that can be asked for in plain text, each with the argument that follows its name."""


class Reply(NamedTuple):
    """What a learner does in one step: writes files, and then may do one thing more."""

    files: Mapping[str, str]
    action: Action | None


class NoAction(ValueError):
    """A reply is no action; the message tells the learner why."""


def parse_step(reply: str) -> Reply:
    """Read an action out of a reply, in any of its forms (docs/workspace.md).

    An object of JSON with `action` and its arguments; fenced blocks, of which those with a path are
    files to write and one may be an action; or one line with an action and its argument.

    Raises NoAction, or BadSubmission for a file that cannot be written.
    """
    text = reply.strip()
    if text.startswith("{"):
        action = _checked(_object(text))
        return Reply({}, action) if not isinstance(action, Write) else _written(action)
    files, blocks = parse_blocks(reply)
    asked = [each for each in blocks if each[0].partition(" ")[0] in ARGUMENT]
    if not asked and not files:
        asked = [(text.partition("\n")[0].strip(), "")]
    if len(asked) > 1:
        raise NoAction("there are several actions in the reply; give one")
    Submission(files)  # that they can be written
    return Reply(files, _worded(*asked[0]) if asked else None)


def _written(action: Write) -> Reply:
    files = {action.path.removeprefix("./"): action.content}
    Submission(files)
    return Reply(files, None)


def _worded(head: str, body: str) -> Action:
    """An action by its first line and what stands below."""
    name, _, argument = head.partition(" ")
    if name not in ARGUMENT:
        raise NoAction("there is no action in the reply")
    fields = {ARGUMENT[name]: (argument or body).strip()} if ARGUMENT[name] else {}
    return _checked({"action": name, **fields})


def _object(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoAction(f"the reply begins like JSON, but is none: {error}") from error
    assert isinstance(data, dict), "it begins with a brace"
    return data


def _checked(fields: Mapping[str, Any]) -> Action:
    try:
        return _ACTION.validate_python(fields)
    except ValidationError as error:
        raise NoAction(first_problem(error)) from error


@dataclass(slots=True)
class Workspace:
    """A learner's folder, and what is left of its budgets."""

    task: Task
    own: Mapping[str, File]
    """The grader's files in it."""
    env: Mapping[str, str]
    submission: Submission = field(default_factory=lambda: Submission({}))
    """What the learner changed: files of the task and of the grader, and new ones."""
    left_s: float = BUDGET_S
    left_shown: int = BUDGET_SHOWN

    def files(self) -> dict[str, File]:
        """Everything that lies in the folder."""
        handed_in = self.submission.over(self.task.workspace).files
        whole = {**self.own, **{path: File(text.encode()) for path, text in handed_in.items()}}
        return {path: each for path, each in whole.items() if path not in self.submission.deleted}

    def write(self, files: Mapping[str, str]) -> None:
        """Write files. Raises BadSubmission."""
        self._keep(self.submission.changed(files))

    def _keep(self, changed: Submission) -> None:
        """Go on with a change. Raises BadSubmission where it cannot be laid out again."""
        own = dict.fromkeys(set(self.own) - changed.deleted, "")
        replace(changed, files={**own, **changed.over(self.task.workspace).files})
        self.submission = changed

    def read(self, path: str) -> str:
        """A file, for the learner."""
        file = self.files().get(path)
        if file is None:
            return f"There is no file {path!r}."
        try:
            return file.data.decode()
        except UnicodeDecodeError:
            return f"{path!r} is not text; it has {len(file.data)} bytes."

    def list(self, folder: str) -> str:
        """The paths below a folder, for the learner."""
        start = f"{folder}/" if folder not in ("", ".") else ""
        found = sorted(path for path in self.files() if path.startswith(start))
        if not found:
            return f"There is no folder {folder!r}."
        return "\n".join(dict.fromkeys(re.sub(r"(^|/)\.git/.*", r"\1.git/", p) for p in found))

    def job(self, command: str) -> Job:
        """A box that runs a command in the folder."""
        limit_s = max(1.0, min(COMMAND_S, self.left_s))
        program: dict[str, Any] = {
            "runner": "workspace",
            "role": "pay",
            "command": command,
            "left": list(self.submission.left),
            "limit_s": limit_s,
            "shown": SHOWN,
            "env": dict(self.env),
        }
        limits = Limits(
            wall_s=limit_s * (1 + len(self.submission.left)) + MARGIN_S,
            memory_mb=self.task.limits.memory_mb,
            output_kb=8192,
        )
        return Job((Box(program, self.files(), "pytest", limits),))

    def ran(self, command: str, ran: tuple[Ran, ...] | None) -> tuple[Deed, str]:
        """Take over what a command did; the learner reads the text.

        `ran` is None where the sandbox broke under it, which the command may have brought about.
        """
        if ran is None:
            return Deed(action="run", argument=command), "(the sandbox broke under this command)"
        self.left_s -= ran[0].wall_s
        lines = report_lines(ran[0].report)
        last = next((line for line in lines if isinstance(line.get("status"), int)), {})
        files, deleted, notes = _changes(lines)
        left = last.get("left") is True
        try:
            self._keep(self.submission.changed(files, deleted, [command] if left else []))
        except BadSubmission as error:
            files, deleted = {}, []
            notes.append(f"(what it changed was not kept: {error})")
        deed = Deed(
            action="run",
            argument=command,
            status=last.get("status"),
            changed=tuple(sorted(files)),
            deleted=tuple(sorted(deleted)),
            left=left,
        )
        return deed, "\n".join([_printed(last), *notes])


def _changes(lines: Sequence[Mapping[str, Any]]) -> tuple[dict[str, str], list[str], list[str]]:
    """Changed files, deleted ones, and notes on what could not be kept, by a report's lines."""
    files: dict[str, str] = {}
    deleted, notes = [], []
    for line in lines:
        path, text = line.get("path"), line.get("text")
        if not isinstance(path, str):
            continue
        try:
            check_path(path)
        except BadSubmission as error:
            notes.append(f"(not kept: {error})")
            continue
        if line.get("deleted") is True:
            deleted.append(path)
        elif isinstance(text, str):
            files[path] = text
        else:
            notes.append(f"(not kept: {path!r} is no text of at most 1 MiB)")
    return files, deleted, notes[:MAX_NOTES]


def _printed(last: Mapping[str, Any]) -> str:
    """What a command printed and how it ended."""
    output, size, status = last.get("output"), last.get("size"), last.get("status")
    if not isinstance(output, str) or not isinstance(size, int):
        return "(the command ended the box that it ran in)"
    told = f"(it ran into its limit of {COMMAND_S:.0f} s)" if status == TIMED_OUT else ""
    more = size - len(output.encode())
    cut = f"({more} bytes left out)" if more > 0 else ""
    parts = [output.rstrip("\n"), cut, told, f"exit status {status}"]
    return "\n".join(part for part in parts if part)
