import re
import sys
from collections import defaultdict


def main():
    top = None
    if len(sys.argv) > 1:
        if len(sys.argv) != 3 or sys.argv[1] != "--top" or not re.fullmatch(r"0*[1-9]\d*", sys.argv[2]):
            return 2
        top = int(sys.argv[2])
    requests = defaultdict(int)
    errors = defaultdict(int)
    sizes = defaultdict(int)
    skipped = 0
    for line in sys.stdin.read().splitlines():
        if line.strip() == "":
            continue
        match = re.fullmatch(r"\s*\S+\s+\S+\s+(/[\w/.-]*)(\?[\w=&]*)?\s+(\d{3})\s+(\d+|-)\s*", line)
        if not match:
            skipped += 1
            continue
        path, _, status, size = match.groups()
        requests[path] += 1
        if int(status) >= 400:
            errors[path] += 1
        if size != "-":
            sizes[path] += int(size)
    for path in sorted(requests, key=lambda p: (-sizes[p], -requests[p], p))[:top]:
        print(path, requests[path], errors[path], sizes[path])
    if skipped:
        print(f"skipped: {skipped}")
    return 0 if requests else 1


sys.exit(main())
