"""Whose a container is, by its labels, and the removal of those whose owner is gone.

A container ends by itself when its owner does, because its input ends. What is swept up here has
been left where the engine was not there to see that.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docker

from hackgym.sandboxes import owner

PREFIX = "hackgym."


def new_lease() -> str:
    """A name for what one sandbox object of one process has started."""
    return secrets.token_hex(8)


def labels(lease: str) -> dict[str, str]:
    """Labels for a container of this process."""
    return {f"{PREFIX}lease": lease, **_where(), **_who()}


def sweep(engine: Any, lease: str = "") -> None:
    """Remove containers whose owner on this machine is gone, and those of the given lease."""
    for container in engine.containers(all=True, filters={"label": f"{PREFIX}lease"}):
        marks = container["Labels"]
        if marks[f"{PREFIX}lease"] == lease or _abandoned(marks):
            remove(engine, container["Id"])


def remove(engine: Any, container: str) -> None:
    """Kill and remove a container; wait until it is gone."""
    with contextlib.suppress(docker.errors.NotFound):
        try:
            engine.remove_container(container, force=True, v=True)
        except docker.errors.APIError as error:
            if error.status_code != 409:  # noqa: PLR2004 - it is being removed already
                raise
            engine.wait(container, condition="removed")


def _where() -> dict[str, str]:
    """Where process ids mean the same as here: until the next boot, within this namespace."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return {f"{PREFIX}boot": boot, f"{PREFIX}pids": str(owner.namespace())}
    except OSError:  # not Linux: there the engine has a machine of its own
        return {}


def _who() -> dict[str, str]:
    me = os.getpid()
    return {f"{PREFIX}pid": str(me), f"{PREFIX}started": str(owner.started(me))}


def _abandoned(marks: Mapping[str, str]) -> bool:
    """Whether the owner has been of this boot and these process ids, and is not there any more."""
    here = _where()
    process = marks.get(f"{PREFIX}pid", "")
    if not here or not process.isdecimal() or any(marks.get(key) != here[key] for key in here):
        return False
    return str(owner.started(int(process))) != marks.get(f"{PREFIX}started")
