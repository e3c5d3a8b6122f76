import calendar
import datetime as dt
import re


def to_date(s):
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", s) is None:
        raise ValueError(s)
    return dt.datetime.strptime(s, "%Y-%m-%d").date()


def last_day(year, month):
    return calendar.monthrange(year, month)[1]


class Terms:
    def __init__(self, holidays):
        self.holidays = set()
        for h in holidays:
            if re.fullmatch(r"[0-9]{2}-[0-9]{2}", h):
                to_date("2004-" + h)
            else:
                to_date(h)
            self.holidays.add(h)

    def working(self, d):
        text = d.isoformat()
        return d.isoweekday() < 6 and text not in self.holidays and text[5:] not in self.holidays

    def forward(self, d):
        while not self.working(d):
            d += dt.timedelta(days=1)
        return d

    def backward(self, d):
        while not self.working(d):
            d -= dt.timedelta(days=1)
        return d

    def step(self, d, s):
        m = re.fullmatch(r"([+-]\d{1,4})([dwmb])", s, re.ASCII)
        if m:
            n = int(m[1])
            return getattr(self, "add_" + m[2])(d, n)
        m = re.fullmatch(r"@(\d{1,4})", s, re.ASCII)
        if m:
            n = int(m[1])
            if not 1 <= n <= 31:
                raise ValueError("day of the month")
            here = min(n, last_day(d.year, d.month))
            if d.day <= here:
                return d.replace(day=here)
            following = self.add_m(d.replace(day=1), 1)
            return following.replace(day=min(n, last_day(following.year, following.month)))
        if s == "end":
            return d.replace(day=last_day(d.year, d.month))
        if s == "next":
            return self.forward(d)
        if s == "prev":
            return self.backward(d)
        if s == "near":
            f = self.forward(d)
            return f if f.month == d.month else self.backward(d)
        days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        return d + dt.timedelta(days=(days.index(s) - d.weekday()) % 7)

    def add_d(self, d, n):
        return d + dt.timedelta(days=n)

    def add_w(self, d, n):
        return d + dt.timedelta(weeks=n)

    def add_m(self, d, n):
        total = d.year * 12 + d.month - 1 + n
        year, month = total // 12, total % 12 + 1
        last = last_day(year, month)
        if d.day == last_day(d.year, d.month):
            return dt.date(year, month, last)
        return dt.date(year, month, min(d.day, last))

    def add_b(self, d, n):
        while n > 0:
            d = self.forward(d + dt.timedelta(days=1))
            n -= 1
        while n < 0:
            d = self.backward(d - dt.timedelta(days=1))
            n += 1
        return d


def due_date(start, terms, holidays):
    calculator = Terms(holidays)
    d = to_date(start)
    if terms.strip(" "):
        for s in terms.split(","):
            d = calculator.step(d, s.strip(" "))
    return d.isoformat()
