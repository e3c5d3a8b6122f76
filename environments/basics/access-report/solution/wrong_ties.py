import sys

args = sys.argv[1:]
top = None
if args:
    if len(args) != 2 or args[0] != "--top" or not args[1].isdigit() or int(args[1]) < 1:
        sys.exit(2)
    top = int(args[1])

stats = {}
skipped = 0
for line in sys.stdin:
    fields = line.split()
    if not fields:
        continue
    if len(fields) != 5:
        skipped += 1
        continue
    address, method, path, status, size = fields
    if not path.startswith("/") or not (status.isdigit() and len(status) == 3):
        skipped += 1
        continue
    if size == "-":
        size = "0"
    if not size.isdigit():
        skipped += 1
        continue
    path = path.split("?")[0]
    requests, errors, total = stats.get(path, (0, 0, 0))
    stats[path] = (requests + 1, errors + (int(status) >= 400), total + int(size))

ordered = sorted(stats.items(), key=lambda item: item[1][2], reverse=True)
for path, (requests, errors, total) in ordered[:top]:
    print(path, requests, errors, total)
if skipped:
    print("skipped:", skipped)
sys.exit(0 if stats else 1)
