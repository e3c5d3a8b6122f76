import re

PATTERN = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-((?:alpha|beta|rc)\.\d+))?$")


class Version:
    def __init__(self, text):
        match = PATTERN.match(text)
        if not match or (match.group(4) and match.group(3) is None):
            raise ValueError("not a version: " + text)
        self.text = text
        self.given = sum(1 for part in match.groups()[:3] if part is not None)
        self.numbers = tuple(int(part or 0) for part in match.groups()[:3])
        self.preview = match.group(4)
        # "~" sorts after all letters, so a release comes after its previews
        self.key = self.numbers + (self.preview or "~",)


def meets(version, op, bound):
    if op == "==":
        return version.key == bound.key
    if op == "!=":
        return version.key != bound.key
    if op == ">":
        return version.key > bound.key
    if op == ">=":
        return version.key >= bound.key
    if op == "<":
        return version.key < bound.key
    if op == "<=":
        return version.key <= bound.key
    if version.key < bound.key:
        return False
    if op == "~":
        n = 1 if bound.given == 1 else 2
    else:
        n = 1
        while n < 3 and bound.numbers[n - 1] == 0:
            n += 1
    return version.numbers[:n] == bound.numbers[:n]


def pick(versions, wanted):
    clauses = []
    for part in wanted.split(","):
        part = part.strip()
        if part == "*":
            continue
        for op in ("==", "!=", ">=", "<=", ">", "<", "^", "~"):
            if part.startswith(op):
                clauses.append((op, Version(part[len(op) :].strip())))
                break
        else:
            raise ValueError("bad clause: " + part)
    with_previews = any(bound.preview for op, bound in clauses)
    found = [
        v
        for v in map(Version, versions)
        if (with_previews or not v.preview) and all(meets(v, op, bound) for op, bound in clauses)
    ]
    if not found:
        return None
    return max(found, key=lambda v: v.key).text
