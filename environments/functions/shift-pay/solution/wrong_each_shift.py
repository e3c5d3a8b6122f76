def shift_pay(shifts, bands, rate):
    weeks = {}
    for start, end in sorted(shifts):
        if end <= start or start < 0:
            raise ValueError("shift")
        length = end - start
        for minute in range(start, end):
            if length > 360 and 240 <= minute - start < 270:
                continue
            if length > 600 and 480 <= minute - start < 495:
                continue
            week = minute // 10080
            count, cents = weeks.get(week, (0, 0))
            percent = 100
            for days, begin, stop, p in bands:
                if (minute // 1440) % 7 + 1 in days and begin <= minute % 1440 < stop:
                    percent = max(percent, p)
            if count >= 2400:
                percent += 50
            weeks[week] = (count + 1, cents + percent * rate / 6000)
    return [(w, n, round(c)) for w, (n, c) in sorted(weeks.items())]
