class Node:
    """A place in the tree: nothing yet, a leaf, a dictionary or a list."""

    def __init__(self):
        self.kind = None
        self.value = None
        self.children = {}

    def child(self, kind, key):
        if self.kind not in (None, kind):
            raise ValueError("conflict")
        self.kind = kind
        return self.children.setdefault(key, Node())

    def set_leaf(self, value):
        if self.kind is not None:
            raise ValueError("conflict")
        self.kind, self.value = "leaf", value

    def build(self):
        if self.kind == "leaf":
            return self.value
        if self.kind == "list":
            if set(self.children) != set(range(len(self.children))):
                raise ValueError("holes")
            return [c.build() for c in self.children.values()]
        return {k: c.build() for k, c in self.children.items()}


def parse(path):
    i, steps, key = 0, [], ""
    in_key = True
    while i < len(path):
        c = path[i]
        if in_key and c == "\\":
            if path[i + 1:i + 2] not in (".", "[", "\\"):
                raise ValueError("bad escape")
            key += path[i + 1]
            i += 2
        elif c == ".":
            if in_key:
                steps.append(("dict", key))
            key, in_key = "", True
            i += 1
        elif c == "[":
            if in_key:
                steps.append(("dict", key))
            in_key = False
            end = path.find("]", i)
            digits = path[i + 1:end] if end > 0 else ""
            if not digits.isdigit() or not digits.isascii() or str(int(digits)) != digits:
                raise ValueError("bad position")
            steps.append(("list", int(digits)))
            i = end + 1
        elif in_key:
            key += c
            i += 1
        else:
            raise ValueError("text after ]")
    if in_key:
        steps.append(("dict", key))
    return steps


def unflatten(flat):
    root = Node()
    for path, value in flat.items():
        node = root
        for kind, key in parse(path):
            node = node.child(kind, key)
        node.set_leaf(value)
    return root.build()


def flatten(tree):
    result = {}

    def visit(value, path):
        if value and isinstance(value, dict):
            for key, child in value.items():
                for special in "\\.[":
                    key = key.replace(special, "\\" + special)
                visit(child, key if path is None else path + "." + key)
        elif value and isinstance(value, list):
            for n, child in enumerate(value):
                visit(child, f"{path}[{n}]")
        elif path is not None:
            result[path] = value

    visit(tree, None)
    return result
