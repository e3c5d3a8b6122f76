import sys

stats = {}
skipped = 0
for line in sys.stdin:
    if not line.strip():
        continue
    try:
        address, method, path, status, size = line.split()
        path = path.partition("?")[0]
        entry = stats.setdefault(path, [0, 0, 0])
        entry[0] += 1
        entry[1] += int(status) >= 400
        entry[2] += int(size)
    except ValueError:
        skipped += 1

top = int(sys.argv[2]) if len(sys.argv) > 2 else None
for path in sorted(stats, key=lambda p: (-stats[p][2], -stats[p][0], p))[:top]:
    print(path, *stats[path])
if skipped:
    print("skipped:", skipped)
sys.exit(0 if stats else 1)
