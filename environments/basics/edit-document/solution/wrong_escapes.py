import copy

OPS = {"add", "replace", "remove", "move", "check"}


def split(path):
    if path == "":
        return []
    if not path.startswith("/"):
        raise ValueError(f"invalid path {path}")
    return [p.replace("~0", "~").replace("~1", "/") for p in path.split("/")[1:]]


def step_into(node, step):
    if isinstance(node, dict):
        return node[step]
    if isinstance(node, list):
        return node[list_index(node, step, len(node))]
    raise TypeError("cannot step into a plain value")


def list_index(node, step, limit):
    if step not in map(str, range(limit)):
        raise IndexError(f"no index {step}")
    return int(step)


class Editor:
    def __init__(self, document):
        self.document = copy.deepcopy(document)

    def get(self, steps):
        node = self.document
        for step in steps:
            node = step_into(node, step)
        return node

    def add(self, steps, value):
        if not steps:
            self.document = value
            return
        parent, last = self.get(steps[:-1]), steps[-1]
        if isinstance(parent, dict):
            parent[last] = value
        elif isinstance(parent, list):
            position = len(parent) if last == "-" else list_index(parent, last, len(parent) + 1)
            parent.insert(position, value)
        else:
            raise TypeError("cannot add to a plain value")

    def remove(self, steps):
        value = self.get(steps)
        parent = self.get(steps[:-1])
        parent.pop(int(steps[-1]) if isinstance(parent, list) else steps[-1])
        return value

    def replace(self, steps, value):
        self.get(steps)
        if not steps:
            self.document = value
            return
        parent = self.get(steps[:-1])
        parent[int(steps[-1]) if isinstance(parent, list) else steps[-1]] = value

    def apply(self, edit):
        op = edit["op"]
        if op not in OPS:
            raise ValueError(f"unknown op {op}")
        steps = split(edit["path"])
        if op == "add":
            self.add(steps, copy.deepcopy(edit["value"]))
        elif op == "replace":
            self.replace(steps, copy.deepcopy(edit["value"]))
        elif op == "check":
            if self.get(steps) != edit["value"]:
                raise ValueError("check failed")
        else:
            to = split(edit["to"]) if op == "move" else None
            if not steps:
                raise ValueError("cannot remove everything")
            value = self.remove(steps)
            if op == "move":
                self.add(to, value)


def apply_edits(document, edits):
    editor = Editor(document)
    for edit in edits:
        editor.apply(edit)
    return editor.document
