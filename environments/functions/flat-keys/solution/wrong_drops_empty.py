def flatten(tree):
    flat = {}

    def go(node, path):
        if isinstance(node, dict):
            for k, v in node.items():
                go(v, f"{path}.{k}" if path else k)
        elif isinstance(node, list):
            for i, v in enumerate(node):
                go(v, f"{path}[{i}]")
        else:
            flat[path] = node

    go(tree, "")
    return flat


def unflatten(flat):
    tree = {}
    for path, value in flat.items():
        steps = []
        for part in path.replace("[", ".[").split("."):
            steps.append(int(part[1:-1]) if part.startswith("[") else part)
        node = tree
        for step, following in zip(steps, steps[1:]):
            empty = [] if isinstance(following, int) else {}
            if isinstance(node, list):
                while len(node) <= step:
                    node.append(type(empty)())
                node = node[step]
            else:
                node = node.setdefault(step, empty)
        if isinstance(node, list):
            node.append(value)
        else:
            node[steps[-1]] = value
    return tree
