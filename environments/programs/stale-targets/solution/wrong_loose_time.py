import re
import sys


def die(text, status):
    print(text)
    sys.exit(status)


spec = {}
order = []
for lineno, raw in enumerate(sys.stdin.read().split("\n"), start=1):
    raw = raw.strip(" ")
    if raw == "" or raw[0] == "#":
        continue
    m = re.fullmatch(r"([\w./]+) +([0-9]+|[-!]) +:((?: +~?[\w./]+)*)", raw, re.ASCII)
    if m is None:
        die(f"bad line {lineno}", 2)
    target, stamp, rest = m.groups()
    deps = rest.split()
    plain = [d.lstrip("~") for d in deps]
    if target in spec or len(plain) != len(set(plain)) or (stamp == "!" and not deps):
        die(f"bad line {lineno}", 2)
    spec[target] = (stamp, deps)
    order.append(target)

WHITE, GREY, BLACK = 0, 1, 2
colour = {}
path = []
built = {}


def walk(target):
    state = colour.get(target, WHITE)
    if state == BLACK:
        return
    if state == GREY:
        die("cycle " + " ".join(path[path.index(target):] + [target]), 5)
    if target not in spec:
        die("unknown " + target, 3)
    stamp, deps = spec[target]
    if not deps and stamp == "-":
        die("lost " + target, 4)
    colour[target] = GREY
    path.append(target)
    for dep in deps:
        walk(dep.lstrip("~"))
    path.pop()
    colour[target] = BLACK
    if not deps:
        return
    if stamp == "-":
        built[target] = "absent"
        return
    if stamp == "!":
        built[target] = "always"
        return
    for dep in deps:
        name = dep.lstrip("~")
        if name in built and not dep.startswith("~"):
            built[target] = "by " + name
            return
        if name not in built and int(spec[name][0]) > int(stamp):
            built[target] = "by " + name
            return


for goal in sys.argv[1:] or order[:1]:
    walk(goal)
for target, why in built.items():
    print(target + ": " + why)
if not built:
    print("up to date")
