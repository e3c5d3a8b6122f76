import re


class Parser:
    def __init__(self):
        self.top = {}
        self.sections = {}
        self.current = self.top

    def feed(self, line):
        line = line.strip(" \t")
        if line == "" or line[0] == "#":
            return
        if line[0] == "[":
            self.section(line)
        elif line[0] == "!":
            key = self.key(line[1:])
            if key not in self.current:
                raise ValueError("cannot remove " + key)
            del self.current[key]
        elif "=" in line:
            key, value = line.split("=", 1)
            value = self.value(value.strip(" \t"))
            if key.endswith("+"):
                key = self.key(key[:-1])
                old = self.current.get(key)
                if isinstance(old, list):
                    old.append(value)
                elif key in self.current:
                    self.current[key] = [old, value]
                else:
                    self.current[key] = [value]
            else:
                self.current[self.key(key)] = value
        else:
            raise ValueError("cannot read " + line)

    def section(self, line):
        m = re.fullmatch(r"\[[ \t]*([a-z0-9_-]+)[ \t]*(:[ \t]*([a-z0-9_-]+)[ \t]*)?\]", line)
        if not m:
            raise ValueError("bad section " + line)
        name, parent = m[1], m[3]
        if parent:
            if name in self.sections or parent not in self.sections:
                raise ValueError("bad parent " + line)
            self.sections[name] = dict(self.sections[parent])
        elif name not in self.sections:
            self.sections[name] = {}
        self.current = self.sections[name]

    def key(self, text):
        text = text.strip(" \t")
        if not re.fullmatch(r"[a-z0-9_.]+", text):
            raise ValueError("bad key " + text)
        return text

    def value(self, text):
        if text[:1] == '"':
            return self.quoted(text)
        if re.fullmatch(r"-?[0-9]+", text):
            return int(text)
        if text in ("yes", "no"):
            return text == "yes"
        return text

    def quoted(self, text):
        if len(text) < 2 or text[-1] != '"':
            raise ValueError("open quote")
        result = ""
        rest = iter(text[1:-1])
        for c in rest:
            if c == '"':
                raise ValueError("quote inside")
            if c == "\\":
                c = next(rest, None)
                if c not in ('"', "\\", "t"):
                    raise ValueError("bad escape")
                c = "\t" if c == "t" else c
            result += c
        return result


def read_settings(lines):
    parser = Parser()
    for line in lines:
        parser.feed(line)
    result = {}
    if parser.top:
        result[""] = parser.top
    result.update(parser.sections)
    return result
