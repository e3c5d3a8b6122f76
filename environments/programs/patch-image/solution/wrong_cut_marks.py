import string
import sys

LETTERS = set(string.ascii_letters)
WORDCHARS = LETTERS | set(string.digits + "_")
HEX = set(string.hexdigits)
FORMS = {
    "mark": "np", "put": "pb", "insert": "pb", "cut": "pc", "copy": "pcp",
    "turn": "pc", "mix": "pcb", "check": "pcp",
}


def parse_number(s):
    if s[:2] == "0x":
        return int(s[2:], 16) if s[2:] and set(s[2:]) <= HEX else None
    return int(s) if s and set(s) <= set(string.digits) else None


def parse_name(s):
    return s if s and s[0] in LETTERS and set(s) <= WORDCHARS else None


def parse_place(s):
    n = parse_number(s)
    if n is not None:
        return ("", n)
    for sign in "+-":
        if sign in s:
            name, _, rest = s.partition(sign)
            n = parse_number(rest)
            if parse_name(name) is None or n is None:
                return None
            return (name, n if sign == "+" else -n)
    return (s, 0) if parse_name(s) is not None else None


def parse_bytes(s):
    if s and len(s) % 2 == 0 and set(s) <= HEX:
        return [int(s[i : i + 2], 16) for i in range(0, len(s), 2)]
    return None


PARSERS = {"n": parse_name, "p": parse_place, "b": parse_bytes, "c": parse_number}

lines = sys.stdin.read().split("\n")
hexa = lines[0].replace(" ", "")
image = parse_bytes(hexa) if hexa else []
if image is None:
    print("bad image")
    sys.exit(2)
marks = {}
status = 0


def run(words):
    global image
    kinds = FORMS.get(words[0])
    if kinds is None or len(kinds) != len(words) - 1:
        return "syntax"
    values = [PARSERS[k](w) for k, w in zip(kinds, words[1:])]
    if None in values:
        return "syntax"
    for i, k in enumerate(kinds):
        if k == "p":
            name, offset = values[i]
            if name:
                if name not in marks:
                    return "mark " + name
                offset += marks[name]
            values[i] = offset
    size = len(image)

    def outside(place, count):
        return place < 0 or place + count > size

    word = words[0]
    if word == "mark":
        if outside(values[1], 0):
            return "range"
        marks[values[0]] = values[1]
    elif word == "put":
        place, data = values
        if outside(place, len(data)):
            return "range"
        image[place : place + len(data)] = data
    elif word == "insert":
        place, data = values
        if outside(place, 0):
            return "range"
        image = image[:place] + data + image[place:]
        for name in marks:
            if marks[name] > place:
                marks[name] += len(data)
    elif word == "cut":
        place, count = values
        if outside(place, count):
            return "range"
        image = image[:place] + image[place + count :]
        for name in marks:
            if marks[name] >= place + count:
                marks[name] -= count
    elif word == "copy":
        source, count, target = values
        if outside(source, count) or outside(target, count):
            return "range"
        image[target : target + count] = image[source : source + count]
    elif word == "turn":
        place, count = values
        if outside(place, count):
            return "range"
        image[place : place + count] = list(reversed(image[place : place + count]))
    elif word == "mix":
        place, count, key = values
        if outside(place, count):
            return "range"
        for i in range(count):
            image[place + i] ^= key[i % len(key)]
    elif word == "check":
        source, count, target = values
        if outside(source, count) or outside(target, 2):
            return "range"
        total = sum(image[source : source + count]) & 0xFFFF
        image[target] = total & 255
        image[target + 1] = total >> 8
    return ""


for n, line in enumerate(lines[1:], 2):
    words = [w for w in line.split(" ") if w]
    if not words or words[0][0] == ";":
        continue
    trouble = run(words)
    if trouble:
        print(f"{n}: {trouble}")
        status = 1
for i in range(0, len(image), 8):
    print("%04x:" % i, *("%02x" % b for b in image[i : i + 8]))
for place, name in sorted((p, n) for n, p in marks.items()):
    print(name, "=", place)
sys.exit(status)
