import sys

width = int(sys.argv[1]) if len(sys.argv) > 1 else 40
numbers = []
text = []
for line in sys.stdin:
    line = line.strip()
    if line.startswith("-"):
        dashes, _, rest = line.partition(" ")
        level = len(dashes)
        numbers = numbers[:level]
        while len(numbers) < level:
            numbers.append(0)
        numbers[-1] += 1
        text.append(("  " * (level - 1) + ".".join(map(str, numbers)) + ".", rest.split()))
    else:
        text[-1][1].extend(line.split())
for label, words in text:
    out = label
    for word in words:
        if len(out) + 1 + len(word) > width:
            print(out)
            out = " " * len(label)
        out += " " + word
    print(out)
