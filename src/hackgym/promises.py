"""What a sandbox can promise beyond running boxes, by name.

A sandbox says what it promises in its attribute `promises`; one without the attribute promises
everything. `hackgym.testing.check_sandbox` holds it to its word, and so do the project's own
attacks. A sandbox that finds out only when it is made what a machine can give sets it then.
"""

from __future__ import annotations

from typing import Literal

Promise = Literal[
    "files",
    "processes",
    "network",
    "ipc",
    "privileges",
    "kernel",
    "process_limit",
    "scratch_limit",
    "same_view",
]

PROMISES: dict[Promise, str] = {
    "files": "a box reads no file of the host but programs, libraries and Python, and changes none",
    "processes": "a box sees, signals and traces no process but its own",
    "network": "a box reaches no network, neither the machine's nor another box's",
    "ipc": "nothing but their channel joins boxes, and nothing of a box is there for the next",
    "privileges": "a box has no capability and cannot gain one",
    "kernel": "a box is refused the system calls that tests have no use for",
    "process_limit": "a box has at most `Limits.processes` processes and threads",
    "scratch_limit": "a box's files are within `Limits.scratch_mb` and `Limits.scratch_files`",
    "same_view": "what a box sees of itself and the machine is the same in every run and grade",
}


def promised(sandbox: object) -> frozenset[Promise]:
    """What a sandbox promises."""
    return frozenset(getattr(sandbox, "promises", PROMISES))
