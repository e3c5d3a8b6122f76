import re

OPEN = "\x00"
CLOSE = "\x01"


def fill(template, values):
    def replace(match):
        if match.group() == "{{":
            return OPEN
        if match.group() == "}}":
            return CLOSE
        name, default = match.group(1), match.group(2)
        if name in values:
            return str(values[name])
        if default is None:
            raise KeyError(name)
        return default[1:]

    text = re.sub(r"\{\{|\}\}|\{([A-Za-z0-9_]+)(:[^{}]*)?\}", replace, template)
    if "{" in text or "}" in text:
        raise ValueError("stray brace in the template")
    return text.replace(OPEN, "{").replace(CLOSE, "}")
