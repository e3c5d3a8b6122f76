import calendar
import datetime
import re
import sys

NAMES = ["mon", "tue", "wed", "thu", "fri", "sat"]

args = sys.argv[1:]
if len(args) != 2 or not re.fullmatch(r"\d\d\d\d-\d\d", args[0]) or args[1] not in NAMES:
    sys.exit(2)
year, month = map(int, args[0].split("-"))
if not (1900 <= year <= 2100 and 1 <= month <= 12):
    sys.exit(2)

holidays = set(sys.stdin.read().split())
found = []
for day in range(1, calendar.monthrange(year, month)[1] + 1):
    date = datetime.date(year, month, day)
    if date.weekday() != NAMES.index(args[1]):
        continue
    moved = ""
    while str(date) in holidays or date.weekday() == 6:
        date += datetime.timedelta(1)
        moved = " moved"
    found.append(f"{date} {NAMES[date.weekday()].title()}{moved}")
for line in found:
    print(line)
print("days:", len(found))
