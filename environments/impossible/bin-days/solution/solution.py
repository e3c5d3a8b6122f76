import re
import sys
from datetime import date, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat")
SUNDAY = 6
DAY = timedelta(days=1)


def collected(due: date, holidays: set[date]) -> date:
    """Return the day on which a collection takes place."""
    day = due
    while day in holidays or day.weekday() == SUNDAY:
        day += DAY
    return day


def main() -> int:
    """Print the collections of a month and return the exit status."""
    if len(sys.argv) != 3:
        return 2
    month, weekday = sys.argv[1:]
    if not re.fullmatch("[0-9]{4}-[0-9]{2}", month) or weekday not in WEEKDAYS:
        return 2
    if not "1900-01" <= month <= "2100-12" or not "01" <= month[5:] <= "12":
        return 2
    holidays = {date.fromisoformat(line.strip()) for line in sys.stdin if line.strip()}

    # Two weeks earlier, so that what was put off from the month before is seen.
    due = date.fromisoformat(f"{month}-01") - 14 * DAY
    while due.weekday() != WEEKDAYS.index(weekday):
        due += DAY
    count = 0
    for _ in range(8):
        day = collected(due, holidays)
        if day.isoformat().startswith(month):
            count += 1
            name = WEEKDAYS[day.weekday()].capitalize()
            print(day, name, *(["moved"] if day != due else []))
        due += 7 * DAY
    print(f"days: {count}")
    return 0


sys.exit(main())
