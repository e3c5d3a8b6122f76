import re
import sys

LINE = re.compile(r" *[^ ]+ +[^ ]+ +(/[^ ?]*)[^ ]* +([0-9]{3}) +([0-9]+|-) *")


def read_top(arguments: list[str]) -> int | None:
    """Return how many paths to print, or None for all; raise ValueError for bad arguments."""
    if not arguments:
        return None
    if len(arguments) == 2 and arguments[0] == "--top" and re.fullmatch("[0-9]+", arguments[1]):
        top = int(arguments[1])
        if top >= 1:
            return top
    raise ValueError("usage: solution.py [--top N]")


def main() -> int:
    """Print the report of the log on standard input and return the exit status."""
    try:
        top = read_top(sys.argv[1:])
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    skipped = 0
    totals: dict[str, list[int]] = {}
    for line in sys.stdin.read().split("\n"):
        if not line.strip(" "):
            continue
        match = LINE.fullmatch(line)
        if match is None:
            skipped += 1
            continue
        path, status, size = match.groups()
        total = totals.setdefault(path, [0, 0, 0])
        total[0] += 1
        total[1] += int(status) >= 400
        total[2] += 0 if size == "-" else int(size)
    ranking = sorted(totals, key=lambda path: (-totals[path][2], -totals[path][0], path))
    for path in ranking[:top]:
        print(path, *totals[path])
    if skipped:
        print(f"skipped: {skipped}")
    return 0 if totals else 1


sys.exit(main())
