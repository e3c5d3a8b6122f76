"""The contract between the judge and the places that run untrusted files.

A *job* is one grade: one or two *boxes*, each a fresh place with its own files, process tree and
limits. Two boxes of a job run at the same time and are joined by a socket, and by nothing else.
What happens inside a box is the guest's business (`hackgym_guest.runner`): to a sandbox, a box's
`program` is an opaque piece of JSON.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Any, Literal, Protocol

from hackgym.errors import BadInput, UnknownName

Preload = Literal["", "pytest", "session"]
"""What the process that a box is forked from has already done.

Nothing; imported pytest; or started a session of pytest, which the box goes on with.
"""


@dataclass(frozen=True)
class Limits:
    """What a box may use. Exceeding `wall_s` or `output_kb` ends it; the rest makes calls fail."""

    wall_s: float = 10.0
    memory_mb: int = 512
    """Of addresses for each process. Where the sandbox can (`isolation` says so), all processes of
    a job together, with their files, are held to what its boxes may use, and killed beyond it."""
    processes: int = 64
    output_kb: int = 1024
    """Of stdout, stderr and the report, each."""
    file_mb: int = 16
    scratch_mb: int = 64
    scratch_files: int = 4096


@dataclass(frozen=True, slots=True)
class File:
    """A regular file to lay into a box before it starts."""

    data: bytes
    executable: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One place of a job: which files lie in it and what runs there."""

    program: Mapping[str, Any]
    """Plain JSON, handed to `hackgym_guest.runner.run` inside the box."""
    files: Mapping[str, File] = field(default_factory=dict)
    """By path relative to the working folder; already checked not to leave it."""
    preload: Preload = ""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Job:
    """One grade. All boxes of a job have the same `preload`."""

    boxes: tuple[Box, ...]

    def __post_init__(self) -> None:
        """Refuse what no sandbox can run."""
        if len(self.boxes) not in (1, 2) or len({box.preload for box in self.boxes}) != 1:
            raise ValueError("a job has one or two boxes with the same preload")


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of one box, as its supervisor outside of it saw it.

    Exactly one of `exit_code` and `signal` is set, unless `stopped` says that a limit ended it.
    """

    exit_code: int | None
    signal: int | None
    stopped: Literal["wall", "output"] | None
    report: bytes
    """What was written to the report descriptor (4): at most `output_kb`."""
    stdout: bytes
    stderr: bytes
    wall_s: float


class Sandbox(Protocol):
    """A place that runs untrusted files."""

    name: str
    isolation: str
    """One line: what this sandbox keeps apart on this machine. Shown to people and recorded."""

    def run(self, jobs: Sequence[Job]) -> list[tuple[Ran, ...] | None]:
        """Run jobs, several at a time where the machine can, and answer in their order.

        A job's answer has one `Ran` per box; it is None when the sandbox itself broke under it.
        Raises SandboxUnavailable when nothing can be run at all. Safe to call from several threads.
        """

    def close(self) -> None:
        """End every process that the sandbox holds. It can be called twice."""


def sandboxes() -> dict[str, Callable[[], type[Sandbox]]]:
    """Names of the installed sandboxes, with what loads each (entry points `hackgym.sandboxes`)."""
    return {entry.name: entry.load for entry in entry_points(group="hackgym.sandboxes")}


def open_sandbox(name: str = "jail", workers: int | None = None) -> Sandbox:
    """Make the sandbox of that name, which may carry options: `docker:runtime=crun,base=IMAGE`.

    `workers`: how many jobs it runs at a time, by default as many as there are usable cores.
    Raises UnknownName, BadInput for a bad option, or SandboxUnavailable where this machine lacks
    what it needs.
    """
    known = sandboxes()
    plain_name, _, listed = name.partition(":")
    if plain_name not in known:
        raise UnknownName("sandbox", plain_name, known)
    kind: Callable[..., Sandbox] = known[plain_name]()
    return kind(workers=workers, **_options(kind, name, listed))


def _options(kind: Callable[..., Sandbox], name: str, listed: str) -> dict[str, str]:
    """The options in a sandbox's name; a sandbox has those that it takes by keyword only."""
    parameters = inspect.signature(kind).parameters.values()
    known = [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]
    options = {}
    for option in filter(None, listed.split(",")):
        key, given, value = option.partition("=")
        if key not in known:
            raise UnknownName(f"option in the sandbox {name!r}, named", key, known)
        if not given or not value:
            raise BadInput(f"the sandbox {name!r}: give a value, as in {key}=VALUE")
        options[key] = value
    return options


def variants() -> Iterator[str]:
    """Names of the installed sandboxes, and the options that are worth trying on this machine.

    A sandbox's class may name its own in a static method `variants`.
    """
    for name, load in sandboxes().items():
        yield name
        yield from getattr(load(), "variants", tuple)()
