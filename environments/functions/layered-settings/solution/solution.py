import re

NAME = "[a-z0-9-]+"
HEADER = re.compile(rf"\[[ \t]*({NAME})[ \t]*(?:<[ \t]*({NAME})[ \t]*)?\]")
SETTING = re.compile(rf"({NAME})[ \t]*(\+?=)(.*)", re.DOTALL)
REMOVAL = re.compile(rf"![ \t]*({NAME})")
REFERENCE = re.compile(rf"\$(?:(\$)|\{{(?:({NAME})/)?({NAME})\}})")
BLANK = " \t"

Section = dict[str, str]


def logical_lines(text: str) -> list[str]:
    """Return the lines of the text, continued ones as one."""
    lines: list[str] = []
    continued = False
    for line in text.split("\n"):
        if continued:
            lines[-1] += line.lstrip(BLANK)
        else:
            lines.append(line)
        continued = line.endswith("\\")
        if continued:
            lines[-1] = lines[-1].removesuffix("\\")
    return [line.strip(BLANK) for line in lines]


class Loader:
    """Holds what has been read so far."""

    def __init__(self) -> None:
        self.sections: dict[str, Section] = {}
        self.current: Section | None = None

    def line(self, line: str) -> None:
        if header := HEADER.fullmatch(line):
            self.begin(header[1], header[2])
            return
        setting, removal = SETTING.fullmatch(line), REMOVAL.fullmatch(line)
        if self.current is None or (setting is None and removal is None):
            raise ValueError(f"this line has no place here: {line!r}")
        if setting is not None:
            self.set(self.current, setting[1], setting[2], setting[3].strip(BLANK))
        elif removal is not None:
            del self.current[removal[1]]

    def begin(self, name: str, parent: str | None) -> None:
        if name in self.sections:
            raise ValueError(f"there are two sections {name!r}")
        self.current = dict(self.sections[parent]) if parent is not None else {}
        self.sections[name] = self.current

    def set(self, section: Section, key: str, sign: str, value: str) -> None:
        if len(value) > 1 and value.startswith('"') and value.endswith('"'):
            value = value[1:-1]
        if "$" in REFERENCE.sub("", value):
            raise ValueError(f"there is a `$` that means nothing: {value!r}")
        parts = [section[key]] if sign == "+=" else []
        parts.append(REFERENCE.sub(lambda found: self.referred(section, found), value))
        section[key] = " ".join(part for part in parts if part)

    def referred(self, section: Section, found: re.Match[str]) -> str:
        dollar, name, key = found.groups()
        if dollar:
            return "$"
        return (section if name is None else self.sections[name])[key]


def load(text: str) -> dict[str, Section]:
    """Return the sections of a text of settings."""
    loader = Loader()
    for line in logical_lines(text):
        if line and not line.startswith(";"):
            loader.line(line)
    return loader.sections
