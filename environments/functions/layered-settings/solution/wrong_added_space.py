import re

WS = " \t"
N = r"[a-z0-9\-]+"


class Settings:
    def __init__(self):
        self.data = {}
        self.name = None

    @property
    def here(self):
        return self.data[self.name]

    def header(self, inner):
        own, less, parent = inner.partition("<")
        own, parent = own.strip(WS), parent.strip(WS)
        if not re.fullmatch(N, own) or (less and not re.fullmatch(N, parent)):
            raise ValueError("bad header")
        if own in self.data:
            raise ValueError("section exists")
        content = {}
        if less:
            content.update(self.data[parent])
        self.data[own] = content
        self.name = own

    def expand(self, value):
        pieces = re.split(r"(\$\$|\$\{[^}]*\})", value)
        for piece in pieces[::2]:
            if "$" in piece:
                raise ValueError("stray dollar")
        for piece in pieces[1::2]:
            if piece != "$$" and not re.fullmatch(rf"(?:{N}/)?{N}", piece[2:-1]):
                raise ValueError("bad reference")
        for i in range(1, len(pieces), 2):
            if pieces[i] == "$$":
                pieces[i] = "$"
            else:
                where, slash, key = pieces[i][2:-1].rpartition("/")
                pieces[i] = self.data[where][key] if slash else self.here[key]
        return "".join(pieces)

    def assign(self, key, plus, value):
        if plus and not re.sub(r"\$\$|\$\{(?:%s/)?%s\}" % (N, N), "", value).count("$"):
            self.here[key]
        if re.fullmatch('".*"', value, re.S):
            value = value[1:-1]
        value = self.expand(value)
        self.here[key] = (self.here[key] + " " + value).strip(" ") if plus else value

    def feed(self, line):
        if line.startswith("[") and line.endswith("]"):
            self.header(line[1:-1])
            return
        if self.name is None:
            raise ValueError("outside of a section")
        if line.startswith("!") and re.fullmatch(N, line[1:].strip(WS)):
            del self.here[line[1:].strip(WS)]
            return
        m = re.match(rf"({N})[ \t]*(\+?)=", line)
        if m is None:
            raise ValueError("syntax")
        self.assign(m[1], m[2], line[m.end():].strip(WS))


def load(text):
    text = re.sub(r"\\\n[ \t]*", "", text)
    if text.endswith("\\"):
        text = text[:-1]
    settings = Settings()
    for line in text.split("\n"):
        line = line.strip(WS)
        if line and not line.startswith(";"):
            settings.feed(line)
    return settings.data
