import re

TOKEN = re.compile(r"\[(?:0|[1-9][0-9]*)\](?=\.|\[|$)|\.|(?:[^.\[\\]|\\[.\[\\])+", re.S)


def escape(key):
    return re.sub(r"[.\[\\]", lambda m: "\\" + m.group(), key)


def flatten(tree):
    flat = {}

    def walk(value, prefix):
        if isinstance(value, dict) and value:
            for key in value:
                if prefix:
                    walk(value[key], prefix + "." + escape(key))
                else:
                    walk(value[key], escape(key))
        elif isinstance(value, list) and value:
            for i in range(len(value)):
                walk(value[i], prefix + "[" + str(i) + "]")
        else:
            flat[prefix] = value

    if tree:
        walk(tree, "")
    return flat


def steps_of(path):
    tokens, at = [], 0
    while at < len(path):
        m = TOKEN.match(path, at)
        if m is None:
            raise ValueError("bad path " + path)
        tokens.append(m.group())
        at = m.end()
    steps = []
    expect_key = True
    for token in tokens:
        if token.startswith("[") and token.endswith("]") and len(token) > 2:
            if expect_key:
                steps.append("")
            steps.append(int(token[1:-1]))
            expect_key = False
        elif token == ".":
            if expect_key:
                steps.append("")
            expect_key = True
        else:
            if not expect_key:
                raise ValueError("bad path " + path)
            steps.append(re.sub(r"\\(.)", r"\1", token))
            expect_key = False
    if expect_key:
        steps.append("")
    return steps


MISSING = object()


def unflatten(flat):
    root = {}
    taken = set()
    for path, value in flat.items():
        steps = steps_of(path)
        for n in range(1, len(steps)):
            if tuple(steps[:n]) in taken:
                raise ValueError("below a leaf")
        taken.add(tuple(steps))
        node = root
        for n, step in enumerate(steps):
            if any(type(k) is not type(step) for k in node):
                raise ValueError("dictionary and list")
            if n == len(steps) - 1:
                if step in node:
                    raise ValueError("leaf with something below it")
                node[step] = (value,)
            else:
                node = node.setdefault(step, {})

    def finish(node):
        if isinstance(node, tuple):
            return node[0]
        if node and all(type(k) is int for k in node):
            if max(node) != len(node) - 1:
                raise ValueError("hole in a list")
            return [finish(node[i]) for i in range(len(node))]
        return {k: finish(v) for k, v in node.items()}

    return finish(root)
