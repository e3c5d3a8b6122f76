class Week:
    def __init__(self):
        self.minutes = 0
        self.points = 0

    def add(self, percent):
        self.minutes += 1
        if self.minutes > 2400:
            percent += 50
        self.points += percent


def validate(shifts, bands, rate):
    for s, e in shifts:
        if s < 0 or s >= e:
            raise ValueError("shift")
    for days, f, t, p in bands:
        if set(days) - {1, 2, 3, 4, 5, 6, 7}:
            raise ValueError("days")
        if f < 0 or f > 1439 or t < 0 or t > 1440 or p < 0:
            raise ValueError("band")
    if rate < 0:
        raise ValueError("rate")


def shift_pay(shifts, bands, rate):
    validate(shifts, bands, rate)
    table = {}
    for days, f, t, p in bands:
        for day in days:
            begin = (day - 1) * 1440 + f
            length = t - f if f < t else 1440 - f + t
            for m in range(begin, begin + length):
                m %= 10080
                table[m] = max(p, table.get(m, 0))

    merged = []
    for s, e in sorted(shifts):
        if merged and s < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], e)
        else:
            merged.append([s, e])

    weeks = {}
    for s, e in merged:
        unpaid = set()
        if e - s > 360:
            unpaid.update(range(s + 240, s + 270))
        if e - s > 600:
            unpaid.update(range(s + 480, s + 495))
        for m in range(s, e):
            if m not in unpaid:
                weeks.setdefault(m // 10080, Week()).add(table.get(m % 10080, 100))
    result = []
    for number in sorted(weeks):
        week = weeks[number]
        cents, rest = divmod(week.points * rate, 6000)
        if rest * 2 >= 6000:
            cents += 1
        result.append((number, week.minutes, cents))
    return result
