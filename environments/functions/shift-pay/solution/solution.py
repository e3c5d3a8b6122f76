from collections.abc import Iterator

DAY = 1440
WEEK = 7 * DAY
FULL_WEEK = 2400
OVERTIME = 50
BREAKS = ((360, 240, 30), (600, 480, 15))
"""Above which length of a stretch, how long after its beginning, and for how long."""

Band = tuple[list[int], int, int, int]


def check(shifts: list[list[int]], bands: list[Band], rate: int) -> None:
    if any(start < 0 or end <= start for start, end in shifts):
        raise ValueError("a shift ends after it begins, and nothing begins before minute 0")
    for days, begins, ends, percent in bands:
        if not all(1 <= day <= 7 for day in days):
            raise ValueError("days are from 1 to 7")
        if not (0 <= begins < DAY and 0 <= ends <= DAY and percent >= 0):
            raise ValueError("a band is out of range")
    if rate < 0:
        raise ValueError("the rate is negative")


def stretches(shifts: list[list[int]]) -> list[tuple[int, int]]:
    """Return the times worked without a gap, in order."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(shifts):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def paid_minutes(shifts: list[list[int]]) -> Iterator[int]:
    for start, end in stretches(shifts):
        pauses = [range(at, at + size) for above, at, size in BREAKS if end - start > above]
        for minute in range(start, end):
            if not any(minute - start in pause for pause in pauses):
                yield minute


def percentage(minute: int, bands: list[Band]) -> int:
    """Return at how much a minute is paid, overtime aside."""
    day, clock = divmod(minute % WEEK, DAY)
    today, yesterday = day + 1, (day - 1) % 7 + 1
    covering = []
    for days, begins, ends, percent in bands:
        if begins < ends:
            covers = today in days and begins <= clock < ends
        else:
            covers = (today in days and clock >= begins) or (yesterday in days and clock < ends)
        if covers:
            covering.append(percent)
    return max(covering, default=100)


def shift_pay(shifts: list[list[int]], bands: list[Band], rate: int) -> list[tuple[int, int, int]]:
    """Return the number, the paid minutes and the pay of each week with paid minutes."""
    check(shifts, bands, rate)
    minutes: dict[int, int] = {}
    percents: dict[int, int] = {}
    for minute in paid_minutes(shifts):
        week = minute // WEEK
        extra = OVERTIME if minutes.get(week, 0) >= FULL_WEEK else 0
        minutes[week] = minutes.get(week, 0) + 1
        percents[week] = percents.get(week, 0) + percentage(minute, bands) + extra
    # A minute at one percent is worth rate / 6000.
    return [(week, minutes[week], (percents[week] * rate + 3000) // 6000) for week in minutes]
