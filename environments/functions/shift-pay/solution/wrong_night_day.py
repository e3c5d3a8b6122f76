MINUTES_PER_DAY = 24 * 60
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY


def covers(band, minute):
    days, start, stop, _ = band
    weekday = minute // MINUTES_PER_DAY % 7 + 1
    if weekday not in days:
        return False
    time = minute % MINUTES_PER_DAY
    if start < stop:
        return start <= time < stop
    return time >= start or time < stop


def shift_pay(shifts, bands, rate):
    if rate < 0:
        raise ValueError("negative rate")
    for start, end in shifts:
        if start < 0 or end <= start:
            raise ValueError(f"bad shift {start}-{end}")
    for days, start, stop, percent in bands:
        if any(day not in range(1, 8) for day in days):
            raise ValueError("bad day")
        if start not in range(1440) or stop not in range(1441) or percent < 0:
            raise ValueError("bad band")

    worked = sorted({minute for start, end in shifts for minute in range(start, end)})
    blocks = []
    for minute in worked:
        if blocks and blocks[-1][-1] == minute - 1:
            blocks[-1].append(minute)
        else:
            blocks.append([minute])

    per_week = {}
    for block in blocks:
        paid = block
        if len(block) > 600:
            paid = block[:240] + block[270:480] + block[495:]
        elif len(block) > 360:
            paid = block[:240] + block[270:]
        for minute in paid:
            per_week.setdefault(minute // MINUTES_PER_WEEK, []).append(minute)

    result = []
    for week, minutes in per_week.items():
        total = 0
        for index, minute in enumerate(minutes):
            rates = [band[3] for band in bands if covers(band, minute)]
            total += max(rates) if rates else 100
            if index >= 2400:
                total += 50
        result.append((week, len(minutes), (2 * total * rate + 6000) // 12000))
    return result
