import sys

parts = {}
for number, line in enumerate(sys.stdin, 1):
    fields = line.split()
    if not fields or fields[0][0] == "#":
        continue
    if len(fields) < 3 or fields[2] != ":" or fields[0] in parts:
        print("bad line", number)
        sys.exit(2)
    parts[fields[0]] = (fields[1], fields[3:])

reasons = {}
seen = []


def visit(name, above):
    if name in above:
        print("cycle", *above[above.index(name):], name)
        sys.exit(5)
    if name in seen:
        return
    if name not in parts:
        print("unknown", name)
        sys.exit(3)
    time, needs = parts[name]
    for need in needs:
        visit(need.strip("~"), above + [name])
    seen.append(name)
    if not needs:
        if time == "-":
            print("lost", name)
            sys.exit(4)
    elif time == "-":
        reasons[name] = "absent"
    elif time == "!":
        reasons[name] = "always"
    else:
        for need in needs:
            if need[0] != "~" and (need in reasons or int(parts[need][0]) > int(time)):
                reasons[name] = "by " + need
                break


for name in sys.argv[1:] or parts:
    visit(name, [])
for name, reason in reasons.items():
    print(f"{name}: {reason}")
if not reasons:
    print("up to date")
