import copy
import re
from typing import Any

OPS = ("add", "replace", "remove", "move", "check")


def read_path(path: str) -> list[str]:
    """Return the steps of a path, unescaped."""
    if path and not path.startswith("/"):
        raise ValueError(f"a path begins with '/': {path!r}")
    # "~0" last: what it gives must not be read as part of "~1".
    return [step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:]]


def find(holder: Any, step: str, *, adding: bool = False) -> str | int:
    """Return the key or index that the step means in its holder."""
    if isinstance(holder, dict):
        if step not in holder and not adding:
            raise KeyError(step)
        return step
    if isinstance(holder, list):
        if adding and step == "-":
            return len(holder)
        if not re.fullmatch("0|[1-9][0-9]*", step) or int(step) >= len(holder) + adding:
            raise IndexError(step)
        return int(step)
    raise TypeError(f"cannot step into {holder!r}")


def walk(root: dict, steps: list[str]) -> Any:
    """Return what the steps lead to."""
    found = root
    for step in steps:
        found = found[find(found, step)]
    return found


def add(root: dict, steps: list[str], value: Any) -> None:
    """Put the value where the steps lead."""
    holder = walk(root, steps[:-1])
    place = find(holder, steps[-1], adding=True)
    if isinstance(holder, list):
        holder.insert(place, value)
    else:
        holder[place] = value


def apply_edit(root: dict, edit: dict) -> None:
    """Apply one edit to the document under the only key of the root."""
    op = edit["op"]
    if op not in OPS:
        raise ValueError(f"unknown op {op!r}")
    steps = ["", *read_path(edit["path"])]
    target = ["", *read_path(edit["to"])] if op == "move" else []
    if op in ("remove", "move") and len(steps) == 1:
        raise ValueError("the whole document cannot be removed")
    if op == "add":
        add(root, steps, copy.deepcopy(edit["value"]))
        return
    holder = walk(root, steps[:-1])
    place = find(holder, steps[-1])
    if op == "replace":
        holder[place] = copy.deepcopy(edit["value"])
    elif op == "check":
        if holder[place] != edit["value"]:
            raise ValueError(f"{edit['path']!r} holds something else")
    else:
        removed = holder.pop(place)
        if op == "move":
            add(root, target, removed)


def apply_edits(document: Any, edits: list[dict]) -> Any:
    """Return the document with the edits applied in order."""
    # A root above the document makes "" a path like any other.
    root = {"": copy.deepcopy(document)}
    for edit in edits:
        apply_edit(root, edit)
    return root[""]
