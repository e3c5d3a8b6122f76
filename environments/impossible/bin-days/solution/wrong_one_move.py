import re
import sys
from datetime import date, timedelta


def parse_arguments(arguments):
    if len(arguments) != 2:
        sys.exit(2)
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", arguments[0])
    names = "mon tue wed thu fri sat".split()
    if match is None or arguments[1] not in names:
        sys.exit(2)
    year, month = int(match[1]), int(match[2])
    if year < 1900 or year > 2100 or month < 1 or month > 12:
        sys.exit(2)
    return year, month, names.index(arguments[1])


year, month, weekday = parse_arguments(sys.argv[1:])
holidays = {line.strip() for line in sys.stdin}
count = 0
day = date(year, month, 1) - timedelta(days=7)
for _ in range(45):
    if day.weekday() == weekday:
        actual = day
        if actual.isoformat() in holidays:
            actual += timedelta(days=1)
            if actual.weekday() == 6:
                actual += timedelta(days=1)
        if (actual.year, actual.month) == (year, month):
            count += 1
            print(actual, actual.strftime("%a"), *["moved"] * (actual != day))
    day += timedelta(days=1)
print("days: %d" % count)
