from datetime import date, timedelta
import calendar


def due_date(start, terms, holidays):
    d = date.fromisoformat(start)
    off = lambda x: x.weekday() > 4 or str(x) in holidays or str(x)[5:] in holidays
    one = timedelta(days=1)
    end = lambda x: calendar.monthrange(x.year, x.month)[1]
    for step in terms.split(","):
        step = step.strip()
        if step == "end":
            d = d.replace(day=end(d))
        elif step in ("next", "near", "prev"):
            while off(d):
                d += -one if step == "prev" else one
        elif step.startswith("@"):
            n = int(step[1:])
            while d.day != n:
                d += one
        elif step[0] in "+-":
            n, unit = int(step[:-1]), step[-1]
            if unit in "dw":
                d += one * n * (7 if unit == "w" else 1)
            elif unit == "m":
                t = d.year * 12 + d.month - 1 + n
                d = date(t // 12, t % 12 + 1, d.day)
            elif unit == "b":
                while n:
                    if not off(d):
                        n -= 1 if n > 0 else -1
                    d += one if n >= 0 else -one
            else:
                raise ValueError(step)
        else:
            target = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(step)
            while d.weekday() != target:
                d += one
    return str(d)
