import re

TOKEN = re.compile(
    r"""
    (?P<text>[^{}]+)
    | (?P<brace>\{\{|\}\})
    | \{(?P<name>[A-Za-z0-9_]+)(?P<default>:[^{}]*)?\}
    """,
    re.VERBOSE,
)


def fill(template: str, values: dict[str, str | int]) -> str:
    """Return the template with its placeholders replaced by values or defaults."""
    filled = []
    place = 0
    while place < len(template):
        token = TOKEN.match(template, place)
        if token is None:
            raise ValueError(f"stray brace or bad placeholder at position {place}")
        place = token.end()
        name, default = token["name"], token["default"]
        if name is None:
            filled.append(token["text"] or token["brace"][0])
        elif name in values:
            filled.append(str(values[name]))
        elif default is not None:
            filled.append(default[1:])
        else:
            raise KeyError(name)
    return "".join(filled)
