import copy
import re

Value = str | int | bool | list
BLANKS = " \t"
SECTION = re.compile(r"\[[ \t]*([a-z0-9_-]+)[ \t]*(?::[ \t]*([a-z0-9_-]+)[ \t]*)?\]")
KEY = re.compile(r"[a-z0-9_.]+")
QUOTED = re.compile(r'"((?:[^"\\]|\\["\\t])*)"')
ESCAPED = {'"': '"', "\\": "\\", "t": "\t"}


def read_key(text: str) -> str:
    """Return the key that is written so."""
    key = text.strip(BLANKS)
    if not KEY.fullmatch(key):
        raise ValueError(f"not a key: {key!r}")
    return key


def read_value(text: str) -> Value:
    """Return the value that is written so."""
    value = text.strip(BLANKS)
    if value.startswith('"'):
        match = QUOTED.fullmatch(value)
        if match is None:
            raise ValueError(f"quoted wrongly: {value!r}")
        return re.sub(r"\\(.)", lambda escape: ESCAPED[escape[1]], match[1])
    if re.fullmatch("-?[0-9]+", value):
        return int(value)
    return {"yes": True, "no": False}.get(value, value)


def opened(line: str, sections: dict[str, dict[str, Value]]) -> str:
    """Open the section of the line and return its name."""
    match = SECTION.fullmatch(line)
    if match is None:
        raise ValueError(f"not a section: {line!r}")
    name, parent = match.groups()
    if parent is None:
        sections.setdefault(name, {})
    elif name in sections or parent not in sections:
        raise ValueError(f"{name!r} cannot be made of {parent!r}")
    else:
        sections[name] = copy.deepcopy(sections[parent])
    return name


def assign(settings: dict[str, Value], left: str, right: str) -> None:
    """Set the key to the value, or add the value to its list."""
    adding = left.endswith("+")
    key, value = read_key(left.removesuffix("+")), read_value(right)
    if adding and key in settings:
        before = settings[key]
        value = [*(before if isinstance(before, list) else [before]), value]
    elif adding:
        value = [value]
    settings[key] = value


def read_settings(lines: list[str]) -> dict[str, dict[str, Value]]:
    """Return the settings of each section."""
    sections: dict[str, dict[str, Value]] = {"": {}}
    name = ""
    for each in lines:
        line = each.strip(BLANKS)
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            name = opened(line, sections)
        elif line.startswith("!"):
            key = read_key(line[1:])
            if key not in sections[name]:
                raise ValueError(f"{key!r} is not set")
            del sections[name][key]
        elif "=" in line:
            left, _, right = line.partition("=")
            assign(sections[name], left, right)
        else:
            raise ValueError(f"not a setting: {line!r}")
    if not sections[""]:
        del sections[""]
    return sections
