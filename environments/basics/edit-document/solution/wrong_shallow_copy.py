def unescape(step):
    return step.replace("~1", "/").replace("~0", "~")


def locate(document, path):
    if not path.startswith("/"):
        raise ValueError("bad path")
    steps = [unescape(step) for step in path[1:].split("/")]
    node = document
    for step in steps[:-1]:
        if isinstance(node, list):
            node = node[int(step)]
        elif isinstance(node, dict):
            node = node[step]
        else:
            raise TypeError(step)
    last = steps[-1]
    if isinstance(node, list) and last != "-":
        last = int(last)
    return node, last


def apply_edits(document, edits):
    result = document.copy()
    for edit in edits:
        op = edit["op"]
        if op not in ("add", "replace", "remove", "move", "check"):
            raise ValueError("unknown op")
        parent, last = locate(result, edit["path"])
        if op == "add":
            if last == "-":
                parent.append(edit["value"])
            elif isinstance(parent, list):
                parent.insert(last, edit["value"])
            else:
                parent[last] = edit["value"]
        elif op == "replace":
            parent[last]
            parent[last] = edit["value"]
        elif op == "check":
            if parent[last] != edit["value"]:
                raise ValueError("check failed")
        else:
            value = parent.pop(last)
            if op == "move":
                parent, last = locate(result, edit["to"])
                if last == "-":
                    parent.append(value)
                elif isinstance(parent, list):
                    parent.insert(last, value)
                else:
                    parent[last] = value
    return result
