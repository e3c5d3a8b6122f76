import re

STAGE = {"alpha": 0, "beta": 1, "rc": 2}


def key(text):
    numbers, dash, preview = text.partition("-")
    parts = [int(part) for part in numbers.split(".")]
    count = len(parts)
    parts += [0] * (3 - count)
    if dash:
        stage, number = preview.split(".")
        return (*parts, STAGE[stage], int(number)), count
    return (*parts, 3, 0), count


CLAUSE = re.compile(
    r"(==|!=|>=|<=|>|<|\^|~)\s*([0-9]+(?:\.[0-9]+){0,2}|[0-9]+\.[0-9]+\.[0-9]+-(?:alpha|beta|rc)\.[0-9]+)"
)


def pick(versions, wanted):
    rules = []
    allow_preview = False
    for clause in wanted.split(","):
        clause = clause.strip()
        if clause == "*":
            continue
        match = CLAUSE.fullmatch(clause)
        if not match:
            raise ValueError("bad clause: " + clause)
        if "-" in match.group(2):
            allow_preview = True
        rules.append((match.group(1), *key(match.group(2))))

    def ok(version):
        for op, bound, count in rules:
            if op == "==" and version != bound:
                return False
            if op == "!=" and version == bound:
                return False
            if op == ">" and not version > bound:
                return False
            if op == "<" and not version < bound:
                return False
            if op == "<=" and not version <= bound:
                return False
            if op in (">=", "^", "~") and version < bound:
                return False
            if op == "^" and version[0] != bound[0]:
                return False
            if op == "~":
                same = 1 if count == 1 else 2
                if version[:same] != bound[:same]:
                    return False
        return True

    best = None
    for text in versions:
        if "-" in text and not allow_preview:
            continue
        if ok(key(text)[0]) and (best is None or key(text)[0] > key(best)[0]):
            best = text
    return best
