from datetime import date, timedelta
from calendar import monthrange
import re

NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def parse(text):
    m = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if m is None:
        raise ValueError("bad date " + text)
    return date(int(m.group(1)), int(m.group(2)), int(m.group(3)))


def due_date(start, terms, holidays):
    current = parse(start)
    fixed, yearly = [], []
    for h in holidays:
        if len(h) == 5:
            parse("2024-" + h)
            yearly.append(h)
        else:
            fixed.append(parse(h))

    def free(d):
        if d.weekday() >= 5 or d in fixed or d.isoformat()[5:] in yearly:
            return True
        return d.weekday() == 0 and (d - timedelta(1)).isoformat()[5:] in yearly

    def roll(d, n):
        while free(d):
            d += timedelta(n)
        return d

    if not terms.replace(" ", ""):
        return start
    for step in terms.split(","):
        step = step.strip(" ")
        m = re.fullmatch(r"([+-])([0-9]{1,4})([dwmb])", step)
        if m:
            sign = 1 if m.group(1) == "+" else -1
            n, unit = int(m.group(2)), m.group(3)
            if unit == "d":
                current += timedelta(days=sign * n)
            elif unit == "w":
                current += timedelta(weeks=sign * n)
            elif unit == "m":
                months = current.year * 12 + current.month - 1 + sign * n
                year, month = months // 12, months % 12 + 1
                current = date(year, month, min(current.day, monthrange(year, month)[1]))
            else:
                for _ in range(n):
                    current = roll(current + timedelta(sign), sign)
        elif re.fullmatch(r"@[0-9]{1,4}", step):
            n = int(step[1:])
            if n < 1 or n > 31:
                raise ValueError(step)
            while current.day != min(n, monthrange(current.year, current.month)[1]):
                current += timedelta(1)
        elif step in NAMES:
            while NAMES[current.weekday()] != step:
                current += timedelta(1)
        elif step == "end":
            current = current.replace(day=monthrange(current.year, current.month)[1])
        elif step == "next":
            current = roll(current, 1)
        elif step == "prev":
            current = roll(current, -1)
        elif step == "near":
            later = roll(current, 1)
            current = later if later.month == current.month else roll(current, -1)
        else:
            raise ValueError("unknown step " + step)
    return current.isoformat()
