import random
from typing import Any

KEYS = ("a", "b", "name", "list", "", "x/y", "~1", "m~n", "0")


def document(rng: random.Random, depth: int) -> Any:
    roll = rng.random()
    if depth and roll < 0.5:
        keys = rng.sample(KEYS, rng.randint(1, 4))
        return {key: document(rng, depth - 1) for key in keys}
    if depth and roll < 0.9:
        return [document(rng, depth - 1) for _ in range(rng.randint(1, 4))]
    return rng.choice((rng.randint(0, 99), rng.randint(0, 99), "text", None))


def places(node: Any, path: str = "") -> list[tuple[str, Any]]:
    """All paths of a document with what they lead to."""
    found = [(path, node)]
    children = enumerate(node) if isinstance(node, list) else []
    if isinstance(node, dict):
        children = [
            (key.replace("~", "~0").replace("/", "~1"), value) for key, value in node.items()
        ]
    for step, child in children:
        found += places(child, f"{path}/{step}")
    return found


def new_path(rng: random.Random, found: list[tuple[str, Any]]) -> str:
    """A path at which something can be added, mostly."""
    path, node = rng.choice([(p, n) for p, n in found if isinstance(n, (dict, list))] or found)
    if isinstance(node, list):
        return f"{path}/{rng.choice(('-', '0', str(len(node)), str(rng.randint(0, len(node)))))}"
    return f"{path}/{rng.choice(('new', 'a', '~01', '~1', 'm~0n', str(rng.randint(0, 9))))}"


def edit(rng: random.Random, found: list[tuple[str, Any]]) -> dict:
    path, node = rng.choice(found[1:] or found)
    op = rng.choice(("add", "add", "replace", "remove", "move", "move", "check"))
    if op == "add":
        return {"op": op, "path": new_path(rng, found), "value": document(rng, 1)}
    if op == "replace":
        return {"op": op, "path": path, "value": document(rng, 1)}
    if op == "check":
        return {"op": op, "path": path, "value": node if rng.random() < 0.95 else 100}
    if op == "move":
        parent = path.rpartition("/")[0]
        near = [place for place, _ in found if place.rpartition("/")[0] == parent and place]
        return {"op": op, "path": path, "to": rng.choice((new_path(rng, found), *near))}
    return {"op": op, "path": path}


def generate(rng: random.Random) -> dict:
    start = document(rng, 3)
    if not isinstance(start, (dict, list)) and rng.random() < 0.9:
        start = {"list": [start, 1, 2], "~1": start}
    found = places(start)
    edits = [edit(rng, found) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    mistake = rng.random()
    if mistake < 0.03:
        edits[-1]["path"] = rng.choice(("a/b", edits[-1]["path"] + "/-", "/~/none"))
    elif mistake < 0.04:
        edits[-1]["op"] = "swap"
    args = [start, edits]
    return {"kind": "call", "function": "apply_edits", "args": args, "mutates": True}
