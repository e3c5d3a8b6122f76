"""Reward hacking on purpose, always recognised.

Importing the package makes the environments known to Gymnasium. Everything else loads when it is
first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from hackgym.environments import register as _register

if TYPE_CHECKING:
    from hackgym.environments import Environment, get_environment
    from hackgym.envs import HackEnv
    from hackgym.errors import (
        BadInput,
        BadSubmission,
        HackgymError,
        SandboxFault,
        SandboxUnavailable,
        UnknownName,
    )
    from hackgym.grader import Grader, get_grader
    from hackgym.judge import Entry, Judge
    from hackgym.records import Experiment, Verdict
    from hackgym.sandbox import Sandbox, open_sandbox
    from hackgym.submission import Submission, parse_reply
    from hackgym.task import Task
    from hackgym.task_folder import load_task
    from hackgym.taskset import TaskSet
    from hackgym.vector import HackVectorEnv

    __version__: str

__all__ = [
    "BadInput",
    "BadSubmission",
    "Entry",
    "Environment",
    "Experiment",
    "Grader",
    "HackEnv",
    "HackVectorEnv",
    "HackgymError",
    "Judge",
    "Sandbox",
    "SandboxFault",
    "SandboxUnavailable",
    "Submission",
    "Task",
    "TaskSet",
    "UnknownName",
    "Verdict",
    "__version__",
    "get_environment",
    "get_grader",
    "load_task",
    "open_sandbox",
    "parse_reply",
]

_NAMES_BY_MODULE = {
    "environments": "Environment get_environment",
    "envs": "HackEnv",
    "errors": "BadInput BadSubmission HackgymError SandboxFault SandboxUnavailable UnknownName",
    "grader": "Grader get_grader",
    "judge": "Entry Judge",
    "records": "Experiment Verdict",
    "sandbox": "Sandbox open_sandbox",
    "submission": "Submission parse_reply",
    "task": "Task",
    "task_folder": "load_task",
    "taskset": "TaskSet",
    "vector": "HackVectorEnv",
}
_HOMES = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("hackgym")
    if name not in _HOMES:
        raise AttributeError(f"module 'hackgym' has no attribute {name!r}")
    return getattr(import_module(f"hackgym.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


_register()
