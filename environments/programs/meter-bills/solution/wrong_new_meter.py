import sys


def digits(s, low, high):
    return low <= len(s) <= high and all(c in "0123456789" for c in s)


args = sys.argv[1:]
if args and not (len(args) == 2 and args[0] == "--min" and digits(args[1], 1, 10**6)):
    sys.exit(2)
minimum = int(args[1]) if args else 0

tariff = {}
data = {}
bad = 0


def accept(parts):
    if parts[0] == "price":
        if len(parts) != 3 or not digits(parts[1], 1, 6) or not digits(parts[2], 1, 4):
            return False
        if int(parts[1]) in tariff:
            return False
        tariff[int(parts[1])] = int(parts[2])
        return True
    if len(parts) == 3:
        parts = parts + [""]
    if len(parts) != 4:
        return False
    meter, day, count, mark = parts
    if len(meter) != 3 or not "A" <= meter[0] <= "Z" or not digits(meter[1:], 2, 2):
        return False
    if not digits(day, 1, 4) or not digits(count, 3, 8) or mark not in ("", "e", "n"):
        return False
    rows = data.get(meter, [])
    if any(row[0] == int(day) for row in rows):
        return False
    data[meter] = rows + [(int(day), count, mark)]
    return True


for line in sys.stdin.read().split("\n"):
    if line.strip(" ") == "":
        continue
    if not accept([part.strip(" ") for part in line.split(";")]):
        bad += 1


def price_of(units):
    steps = sorted(tariff.items(), reverse=True)
    cents = 0
    for start, each in steps:
        if units > start:
            cents += (units - start) * each
            units = start
    return cents


any_odd = False
hidden = 0
for meter in sorted(data):
    rows = sorted(data[meter])
    kept = []
    for i, row in enumerate(rows):
        if row[2] == "e" and any(later[2] != "e" for later in rows[i + 1 :]):
            continue
        kept.append(row)
    units = odd = 0
    for i in range(1, len(kept)):
        _, before, _ = kept[i - 1]
        _, after, mark = kept[i]
        if mark == "n":
            units += int(after)
            continue
        diff = int(after) - int(before)
        if len(after) == len(before) and diff < 0 and mark == "":
            diff += 10 ** len(after)
        if diff < 0 or len(after) != len(before):
            odd += 1
        else:
            units += diff
    any_odd = any_odd or odd > 0
    if units < minimum and odd == 0:
        hidden += 1
        continue
    cents = price_of(units)
    out = [meter, str(units), "%d.%02d" % divmod(cents, 100)]
    if odd:
        out.append(f"odd {odd}")
    if kept[-1][2] == "e":
        out.append("estimated")
    if len(kept) == 1:
        out.append("single")
    print(" ".join(out))
if hidden:
    print("others", hidden)
if bad:
    print("faulty", bad)
sys.exit(1 if any_odd else 0)
