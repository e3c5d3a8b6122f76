import re
import sys

if len(sys.argv) == 1:
    sys.exit(1)

sections = {}
current = None
number = 0


def expand(match):
    name, _, default = match.group(1).partition("|")
    if name in current:
        return current[name]
    if "|" in match.group(1):
        return default
    print("no key", name)
    sys.exit(4)


for line in sys.stdin:
    number += 1
    line = line.strip()
    if not line or line[0] == "#":
        continue
    if line[0] == "[" and line[-1] == "]":
        name, _, base = line[1:-1].partition("<")
        name, base = name.strip(), base.strip()
        if name in sections or (base and base not in sections):
            print("bad line", number)
            sys.exit(2)
        current = dict(sections.get(base, {}))
        sections[name] = current
        continue
    if current is None:
        print("bad line", number)
        sys.exit(2)
    if line.startswith("drop "):
        del current[line[5:].strip()]
        continue
    key, equals, value = line.partition("=")
    if not equals:
        print("bad line", number)
        sys.exit(2)
    value = value.strip().strip('"')
    value = re.sub(r"\$\{([^}]*)\}", expand, value)
    value = value.replace("$$", "$")
    sign = key[-1]
    key = key.strip("+? ")
    if sign == "+" and key in current:
        current[key] += " " + value
    elif sign != "?" or key not in current:
        current[key] = value

if sys.argv[1] not in sections:
    print("no section", sys.argv[1])
    sys.exit(3)
chosen = sections[sys.argv[1]]
for key in sys.argv[2:] or sorted(chosen):
    if key not in chosen:
        print("no key", key)
        sys.exit(4)
    print(chosen[key] if sys.argv[2:] else f"{key} = {chosen[key]}")
