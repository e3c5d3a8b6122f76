import re
import sys
from datetime import date

NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)


def length(y, m):
    if m == 2:
        return 29 if leap(y) else 28
    return 30 if m in (4, 6, 9, 11) else 31


def parse(text):
    m = re.fullmatch(r"(20[0-9][0-9])-([0-9][0-9])-([0-9][0-9])", text)
    if not m:
        return None
    y, mo, d = map(int, m.groups())
    if not 1 <= mo <= 12 or not 1 <= d <= length(y, mo):
        return None
    return date(y, mo, d).toordinal()


rule, today = "next", None
args = sys.argv[1:]
seen = set()
while args:
    if len(args) < 2 or args[0] in seen:
        sys.exit(2)
    seen.add(args[0])
    if args[0] == "--rule" and args[1] in ("next", "prior", "month", "near"):
        rule = args[1]
    elif args[0] == "--today":
        today = parse(args[1])
        if today is None:
            sys.exit(2)
    else:
        sys.exit(2)
    args = args[2:]

closed_dates = set()
closed_days = set()
bills = []
faulty = []


def valid(term):
    if term == "end" or term in NAMES:
        return True
    if re.fullmatch(r"\+[0-9]{1,4}[dmo]", term):
        return True
    return bool(re.fullmatch(r"@[0-9]{1,4}", term)) and 0 < int(term[1:]) < 32


def read(words):
    if words[0] == "closed":
        if len(words) != 2:
            return False
        if re.fullmatch(r"[0-9][0-9]-[0-9][0-9]", words[1]):
            if parse("2004-" + words[1]) is None:
                return False
            closed_days.add(words[1])
            return True
        if parse(words[1]) is None:
            return False
        closed_dates.add(parse(words[1]))
        return True
    if not re.fullmatch("[a-z0-9]+", words[0]) or not 3 <= len(words) <= 6:
        return False
    if parse(words[1]) is None or not all(valid(w) for w in words[2:]):
        return False
    bills.append((words[0], parse(words[1]), words[2:]))
    return True


for number, line in enumerate(sys.stdin.read().split("\n"), 1):
    words = [w for w in line.split(" ") if w]
    if words and not read(words):
        faulty.append(number)


def is_open(n):
    if (n - 1) % 7 >= 5 or n in closed_dates:
        return False
    return True


def step(n, term):
    d = date.fromordinal(n)
    if term == "end":
        return n - d.day + length(d.year, d.month)
    if term in NAMES:
        n += 1
        while NAMES[(n - 1) % 7] != term:
            n += 1
        return n
    if term[0] == "@":
        wanted = int(term[1:])
        y, m = d.year, d.month
        while True:
            if wanted <= length(y, m):
                found = date(y, m, wanted).toordinal()
                if found > n:
                    return found
            m += 1
            if m == 13:
                y, m = y + 1, 1
    count = int(term[1:-1])
    if term[-1] == "d":
        return n + count
    if term[-1] == "m":
        total = d.year * 12 + d.month - 1 + count
        y, m = total // 12, total % 12 + 1
        return date(y, m, min(d.day, length(y, m))).toordinal()
    if count == 0:
        while not is_open(n):
            n += 1
    while count:
        n += 1
        if is_open(n):
            count -= 1
    return n


rows = []
for index, (name, n, terms) in enumerate(bills):
    for term in terms:
        n = step(n, term)
    moved = ""
    if not is_open(n):
        moved = " moved"
        up, down = n, n
        while not is_open(up):
            up += 1
        while not is_open(down):
            down -= 1
        same_month = date.fromordinal(up).isoformat()[:7] == date.fromordinal(n).isoformat()[:7]
        if rule == "next":
            n = up
        elif rule == "prior":
            n = down
        elif rule == "month":
            n = up if same_month else down
        else:
            n = up if up - n <= n - down else down
    rows.append((n, index, name, moved))
for n, _, name, moved in sorted(rows):
    text = f"{date.fromordinal(n).isoformat()} {NAMES[(n - 1) % 7]} {name}{moved}"
    if today is not None:
        if n == today:
            text += " today"
        elif n > today:
            text += f" in {n - today}"
        else:
            text += f" late {today - n}"
    print(text)
if faulty:
    print("faulty:", " ".join(map(str, faulty)))
    sys.exit(1)
