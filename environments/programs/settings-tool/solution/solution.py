import re
import sys

KEY = "[a-z0-9_.]+"
HEADER = re.compile(rf"\[ *({KEY}) *(?:< *({KEY}) *)?\]")
SETTING = re.compile(rf"({KEY}) *(\?=|\+=|=) *(.*)")
DROP = re.compile(rf"drop +({KEY})")
REFERENCE = re.compile(rf"\$\$|\$\{{({KEY})(?:\|([^}}]*))?\}}")

Section = dict[str, str]


class Stop(Exception):
    """Ends the program with one line and an exit status."""

    def __init__(self, line: str, status: int) -> None:
        super().__init__(line)
        self.status = status


def begin(header: re.Match[str], sections: dict[str, Section]) -> Section:
    """Begin a section and return it; raise KeyError if that is not possible."""
    name, base = header.groups()
    if name in sections:
        raise KeyError(name)
    sections[name] = dict(sections[base]) if base else {}
    return sections[name]


def change(section: Section, line: str) -> None:
    """Do to a section what a line says; raise ValueError or KeyError if it is faulty."""
    dropped = DROP.fullmatch(line)
    if dropped:
        del section[dropped[1]]
        return
    setting = SETTING.fullmatch(line)
    if setting is None:
        raise ValueError(line)
    key, sign, value = setting.groups()
    if len(value) >= 2 and value[0] == value[-1] == '"':
        value = value[1:-1]
    if sign == "+=" and key in section:
        section[key] += f" {value}"
    elif sign != "?=" or key not in section:
        section[key] = value


def read_sections(text: str) -> dict[str, Section]:
    """Return all sections with the settings that they have at their end."""
    sections: dict[str, Section] = {}
    current: Section | None = None
    for number, whole in enumerate(text.split("\n"), 1):
        line = whole.strip(" ")
        if not line or line.startswith("#"):
            continue
        header = HEADER.fullmatch(line)
        try:
            if header:
                current = begin(header, sections)
            elif current is None:
                raise ValueError(line)
            else:
                change(current, line)
        except (KeyError, ValueError):
            raise Stop(f"bad line {number}", 2) from None
    return sections


def find(section: Section, key: str, within: tuple[str, ...] = ()) -> str:
    """Return the value of a key with its references followed."""
    if key not in section:
        raise Stop(f"no key {key}", 4)
    if key in within:
        raise Stop(f"loop {key}", 5)

    def follow(found: re.Match[str]) -> str:
        name, text = found.groups()
        if name is None:
            return "$"
        if text is not None and name not in section:
            return text
        return find(section, name, (*within, key))

    return REFERENCE.sub(follow, section[key])


def main() -> int:
    """Print the settings that are asked for and return the exit status."""
    if len(sys.argv) == 1:
        return 1
    name, *keys = sys.argv[1:]
    try:
        sections = read_sections(sys.stdin.read())
        if name not in sections:
            raise Stop(f"no section {name}", 3)
        section = sections[name]
        for key in keys or sorted(section):
            value = find(section, key)
            print(value if keys else f"{key} = {value}")
    except Stop as stop:
        print(stop)
        return stop.status
    return 0


sys.exit(main())
