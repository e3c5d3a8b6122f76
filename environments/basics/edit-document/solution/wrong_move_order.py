import copy


def parse(path):
    if path == "":
        return []
    if path[0] != "/":
        raise ValueError("bad path " + path)
    return [part.replace("~1", "/").replace("~0", "~") for part in path[1:].split("/")]


def index(step, size):
    if not (step.isascii() and step.isdigit()) or (step[0] == "0" and step != "0"):
        raise IndexError(step)
    number = int(step)
    if number >= size:
        raise IndexError(step)
    return number


def get(node, parts):
    for part in parts:
        if isinstance(node, dict):
            node = node[part]
        elif isinstance(node, list):
            node = node[index(part, len(node))]
        else:
            raise TypeError("not a container")
    return node


def add(doc, parts, value):
    if not parts:
        return value
    parent = get(doc, parts[:-1])
    last = parts[-1]
    if isinstance(parent, dict):
        parent[last] = value
    elif isinstance(parent, list):
        if last == "-":
            parent.append(value)
        else:
            parent.insert(index(last, len(parent) + 1), value)
    else:
        raise TypeError("not a container")
    return doc


def remove(doc, parts):
    parent = get(doc, parts[:-1])
    get(parent, parts[-1:])
    if isinstance(parent, list):
        del parent[int(parts[-1])]
    else:
        del parent[parts[-1]]
    return doc


def apply_edits(document, edits):
    doc = copy.deepcopy(document)
    for edit in edits:
        op = edit["op"]
        if op not in ("add", "replace", "remove", "move", "check"):
            raise ValueError("unknown op")
        parts = parse(edit["path"])
        value = copy.deepcopy(edit.get("value"))
        if op == "add":
            doc = add(doc, parts, value)
        elif op == "check":
            if get(doc, parts) != value:
                raise ValueError("check failed")
        elif op == "replace":
            if not parts:
                doc = value
            else:
                get(doc, parts)
                parent = get(doc, parts[:-1])
                parent[int(parts[-1]) if isinstance(parent, list) else parts[-1]] = value
        else:
            target = parse(edit["to"]) if op == "move" else None
            if not parts:
                raise ValueError("cannot remove the document")
            moved = get(doc, parts)
            if op == "move":
                doc = add(doc, target, moved)
            doc = remove(doc, parts)
    return doc
