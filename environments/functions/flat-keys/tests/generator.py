import random
from typing import Any

KEYS = ("a", "b", "host", "", "", "x.y", "[0]", "c\\", "]", "d[", "\n")


def escaped(key: str) -> str:
    return "".join("\\" + sign if sign in ".[\\" else sign for sign in key)


def tree(rng: random.Random, depth: int) -> Any:
    roll = rng.random()
    if depth and roll < 0.45:
        keys = rng.sample(range(len(KEYS)), rng.choice((0, 1, 2, 3)))
        return {KEYS[key]: tree(rng, depth - 1) for key in keys}
    if depth and roll < 0.8:
        return [tree(rng, depth - 1) for _ in range(rng.choice((0, 1, 2, 3, 4)))]
    return rng.choice((rng.randint(0, 99), "text", "", None, True, [], {}))


def entries(node: Any, path: str) -> list[tuple[str, Any]]:
    if not isinstance(node, dict | list) or not node:
        return [(path, node)]
    if isinstance(node, list):
        pairs = [(f"{path}[{place}]", child) for place, child in enumerate(node)]
    else:
        pairs = [(f"{path}.{escaped(key)}", child) for key, child in node.items()]
    return [entry for step, child in pairs for entry in entries(child, step)]


def generate(rng: random.Random) -> dict:
    keys = rng.sample(range(len(KEYS)), rng.choice((1, 2, 3)))
    whole = {KEYS[key]: tree(rng, 3) for key in keys}
    if rng.random() < 0.35:
        whole[""] = {KEYS[rng.randrange(len(KEYS))]: tree(rng, 2)}
    if rng.random() < 0.55:
        return {"kind": "call", "function": "flatten", "args": [whole]}
    # A key stands at the beginning of every path, behind a dot that is too much there.
    flat = [(path[1:], leaf) for path, leaf in entries(whole, "")]
    rng.shuffle(flat)
    fault = rng.random()
    if fault < 0.1:
        path = rng.choice(flat)[0]
        end = rng.choice(("[0]", ".a", "[01]", "\\", "[", "[1]x", "\\a", "[]", "[2]"))
        flat.append((path + end, 1))
    return {"kind": "call", "function": "unflatten", "args": [dict(flat)]}
