import re
import sys


def read():
    totals = {}
    for line in sys.stdin.read().splitlines():
        line = line.strip().lower()
        m = re.match(r"^(.*?)\s*\*(\d+)$", line)
        name, count = (m.group(1), int(m.group(2))) if m else (line, 1)
        if name == "" or count == 0:
            continue
        totals[name] = totals.get(name, 0) + count
    return totals


totals = read()
if not totals:
    print("nothing")
    sys.exit()
highest = max(totals.values())
width = max(map(len, totals))
for name, count in sorted(totals.items(), key=lambda item: (-item[1], item[0])):
    if highest > 20:
        length = round(20 * count / highest)
    else:
        length = count
    print(f"{name.ljust(width)} | {'#' * length} {count}")
