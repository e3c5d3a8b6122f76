import sys

CHARS = set("abcdefghijklmnopqrstuvwxyz0123456789_.")


def is_key(text):
    return text != "" and set(text) <= CHARS


class Bad(Exception):
    pass


class Reader:
    def __init__(self):
        self.sections = {}
        self.current = None

    def line(self, line):
        if line.startswith("[") and line.endswith("]"):
            self.header(line[1:-1])
            return
        if self.current is None:
            raise Bad
        words = [w for w in line.split(" ") if w]
        if len(words) == 2 and words[0] == "drop" and is_key(words[1]):
            if words[1] not in self.current:
                raise Bad
            del self.current[words[1]]
            return
        left, equals, value = line.partition("=")
        if not equals:
            raise Bad
        sign = ""
        if left.endswith("?") or left.endswith("+"):
            sign, left = left[-1], left[:-1]
        key = left.strip(" ")
        if not is_key(key):
            raise Bad
        value = value.strip(" ")
        if len(value) > 1 and value.startswith('"') and value.endswith('"'):
            value = value[1:-1]
        if sign == "?":
            if not self.current.get(key):
                self.current[key] = value
        elif sign == "+" and key in self.current:
            self.current[key] = self.current[key] + " " + value
        else:
            self.current[key] = value

    def header(self, inside):
        name, less, base = inside.partition("<")
        name, base = name.strip(" "), base.strip(" ")
        if not is_key(name) or (less and not is_key(base)):
            raise Bad
        if name in self.sections or (less and base not in self.sections):
            raise Bad
        self.current = {k: v for k, v in self.sections[base].items()} if less else {}
        self.sections[name] = self.current


def expand(values, key, busy):
    if key not in values:
        print("no key " + key)
        sys.exit(4)
    if key in busy:
        print("loop " + key)
        sys.exit(5)
    text = values[key]
    out = []
    i = 0
    while i < len(text):
        if text.startswith("$$", i):
            out.append("$")
            i += 2
            continue
        if text.startswith("${", i):
            end = text.find("}", i)
            if end > 0:
                name, bar, default = text[i + 2 : end].partition("|")
                if is_key(name):
                    if bar and not values.get(name):
                        out.append(default)
                    else:
                        out.append(expand(values, name, busy + [key]))
                    i = end + 1
                    continue
        out.append(text[i])
        i += 1
    return "".join(out)


args = sys.argv[1:]
if not args:
    sys.exit(1)
reader = Reader()
for number, line in enumerate(sys.stdin.read().split("\n"), 1):
    line = line.strip(" ")
    if line and line[0] != "#":
        try:
            reader.line(line)
        except Bad:
            print("bad line", number)
            sys.exit(2)
if args[0] not in reader.sections:
    print("no section " + args[0])
    sys.exit(3)
values = reader.sections[args[0]]
if args[1:]:
    for key in args[1:]:
        print(expand(values, key, []))
else:
    for key in sorted(values):
        print(key + " = " + expand(values, key, []))
