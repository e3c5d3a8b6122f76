import re
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]

KEY = r"(?:[^.\[\\]|\\[.\[\\])*"
POSITION = r"\[(0|[1-9][0-9]*)\]"
FIRST_STEP = re.compile(KEY, re.DOTALL)
STEP = re.compile(rf"{POSITION}(?=[.\[]|\Z)|\.({KEY})", re.DOTALL)


def leaves(tree: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Yield the leaves below a path."""
    if not isinstance(tree, dict | list) or (not tree and path):
        yield path, tree
        return
    for step, child in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield from leaves(child, (*path, step))


def written(path: Path) -> str:
    text = "".join(
        f"[{step}]" if isinstance(step, int) else "." + re.sub(r"([.\[\\])", r"\\\1", step)
        for step in path
    )
    return text.removeprefix(".")


def read(text: str) -> Path:
    """Return the steps of a path."""
    found = FIRST_STEP.match(text)
    assert found is not None  # it may match nothing, but it always matches
    path: list[str | int] = [unescaped(found[0])]
    at = found.end()
    while at < len(text):
        found = STEP.match(text, at)
        if found is None:
            raise ValueError(f"this is no path: {text!r}")
        path.append(unescaped(found[2]) if found[1] is None else int(found[1]))
        at = found.end()
    return tuple(path)


def unescaped(key: str) -> str:
    return re.sub(r"\\(.)", r"\1", key)


def flatten(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the leaves of a tree by their paths."""
    return {written(path): leaf for path, leaf in leaves(tree, ())}


def unflatten(flat: dict[str, Any]) -> dict[str, Any]:
    """Return the tree that has the leaves."""
    tree: dict[str, Any] = grow({read(path): leaf for path, leaf in flat.items()})
    return tree


def grow(entries: dict[Path, Any]) -> Any:
    """Return the tree with the leaves at the paths."""
    if list(entries) == [()]:
        return entries[()]
    below: dict[str | int, dict[Path, Any]] = {}
    for path, leaf in entries.items():
        if not path:
            raise ValueError("a leaf has something below it")
        below.setdefault(path[0], {})[path[1:]] = leaf
    kinds = {type(step) for step in below}
    if len(kinds) > 1:
        raise ValueError("a dictionary cannot be a list")
    grown = {step: grow(inner) for step, inner in below.items()}
    if kinds != {int}:
        return grown
    if set(grown) != set(range(len(grown))):
        raise ValueError("a list lacks a position")
    return [grown[position] for position in range(len(grown))]
