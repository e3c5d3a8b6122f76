import re


def join_lines(text):
    # put continued lines together
    out, buffer = [], None
    for raw in text.split("\n"):
        piece = raw if buffer is None else buffer + raw.lstrip(" \t")
        if raw.endswith("\\"):
            buffer = piece[:-1]
        else:
            out.append(piece)
            buffer = None
    if buffer is not None:
        out.append(buffer)
    return out


def substitute(value, lookup):
    result = ""
    i = 0
    while i < len(value):
        if value[i] != "$":
            result += value[i]
            i += 1
        elif value.startswith("$$", i):
            result += "$"
            i += 2
        else:
            m = re.compile(r"\$\{([a-z0-9-]+)(?:/([a-z0-9-]+))?\}").match(value, i)
            if not m:
                raise ValueError("stray $")
            result += lookup(m.group(1), m.group(2))
            i = m.end()
    return result


def load(text):
    sections = {}
    name = None
    for line in join_lines(text):
        line = line.strip(" \t")
        if not line or line[0] == ";":
            continue
        m = re.fullmatch(r"\[[ \t]*([a-z0-9-]+)[ \t]*(<[ \t]*([a-z0-9-]+)[ \t]*)?\]", line)
        if m:
            name = m.group(1)
            if name in sections:
                raise ValueError("duplicate section")
            if m.group(2):
                # a parent comes from above
                sections[name] = dict(sections[m.group(3)])
            else:
                sections[name] = {}
            continue
        if name is None:
            raise ValueError("no section yet")
        section = sections[name]
        m = re.fullmatch(r"![ \t]*([a-z0-9-]+)", line)
        if m:
            section.pop(m.group(1))
            continue
        m = re.fullmatch(r"([a-z0-9-]+)[ \t]*(\+?)=(.*)", line, re.S)
        if not m:
            raise ValueError("cannot read " + line)
        key, plus, value = m.groups()
        value = value.strip(" \t")

        def lookup(first, second):
            if second is None:
                return section[first]
            return sections[first][second]

        value = substitute(value, lookup)
        if len(value) >= 2 and value[0] == value[-1] == '"':
            value = value[1:-1]
        if plus:
            old = section[key]
            value = old + " " + value if old and value else old or value
        section[key] = value
    return sections
