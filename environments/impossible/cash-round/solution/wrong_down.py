import sys

lines = sys.stdin.read().splitlines()
for line in lines:
    cents = int(line)
    sign = "-" if cents < 0 else ""
    cents = abs(cents)
    cents = cents - cents % 5
    if cents == 0:
        sign = ""
    print(sign + str(cents // 100) + "." + str(cents % 100).zfill(2))
