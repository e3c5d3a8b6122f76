import sys

width = 40
if len(sys.argv) > 1:
    if len(sys.argv) > 2 or not sys.argv[1].isdigit() or int(sys.argv[1]) == 0:
        sys.exit(2)
    width = int(sys.argv[1])

counters = {}
items = []
last = 0
for n, line in enumerate(sys.stdin.read().split("\n"), 1):
    words = line.split()
    if not words:
        continue
    if set(words[0]) == {"-"}:
        level = len(words.pop(0))
        if level > last + 1:
            print("bad line", n)
            sys.exit(2)
        if level == last + 1 and level not in counters:
            counters[level] = 0
        counters[level] += 1
        last = level
        label = "".join(f"{counters[i]}." for i in range(1, level + 1))
        items.append(("  " * (level - 1) + label, words))
    elif not items:
        print("bad line", n)
        sys.exit(2)
    else:
        items[-1][1].extend(words)

for label, words in items:
    line = label
    for i, word in enumerate(words):
        if i > 0 and len(line) + 1 + len(word) > width:
            print(line)
            line = " " * len(label)
        line += " " + word
    print(line)
