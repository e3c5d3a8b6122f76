import string

ALLOWED = set(string.ascii_letters + string.digits + "_")


def fill(template, values):
    out = ""
    i = 0
    while i < len(template):
        c = template[i]
        if template[i : i + 2] in ("{{", "}}"):
            out += c
            i += 2
        elif c == "{":
            end = template.find("}", i)
            if end == -1:
                raise ValueError("placeholder is not closed")
            inside = template[i + 1 : end]
            name, colon, default = inside.partition(":")
            if "{" in inside or not name or not set(name) <= ALLOWED:
                raise ValueError("bad placeholder " + inside)
            if not colon and name not in values:
                raise KeyError(name)
            out += str(values.get(name) or default)
            i = end + 1
        elif c == "}":
            raise ValueError("single }")
        else:
            out += c
            i += 1
    return out
