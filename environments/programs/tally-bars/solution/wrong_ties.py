import sys
from collections import Counter

votes = Counter()
for line in sys.stdin:
    text = line.strip().lower()
    head, star, tail = text.rpartition("*")
    if star and tail.isdigit():
        name, n = head.strip(), int(tail)
    else:
        name, n = text, 1
    if name and n > 0:
        votes[name] += n

if not votes:
    print("nothing")
else:
    top = max(votes.values())
    width = max(len(name) for name in votes)
    for name, n in votes.most_common():
        bar = n if top <= 20 else max(1, n * 20 // top)
        print(name.ljust(width), "|", "#" * bar, n)
