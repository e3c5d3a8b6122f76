"""Reads the lines of a layer."""

import re
from dataclasses import dataclass

COMMENT = re.compile(r"(^| );.*")
SECTION = re.compile(r"\[([a-z0-9-]+)(?: *: *([a-z0-9-]+))?\]")
SETTING = re.compile(r"([a-z0-9_]+) *(\+?=) *(.*)")
REMOVAL = re.compile(r"-([a-z0-9_]+)")


@dataclass
class Begin:
    """A section begins."""

    section: str
    parent: str | None


@dataclass
class Change:
    """A key is set ("="), added to ("+=") or taken away ("-")."""

    key: str
    sign: str
    value: str = ""


def read_line(line: str) -> Begin | Change:
    """Return what a line says that goes on with nothing."""
    if match := SECTION.fullmatch(line):
        return Begin(*match.groups())
    if match := REMOVAL.fullmatch(line):
        return Change(match[1], "-")
    if match := SETTING.fullmatch(line):
        return Change(*match.groups())
    raise ValueError(f"not a line of settings: {line!r}")


def read_layer(text: str) -> list[Begin | Change]:
    """Return what the lines of a layer say."""
    found: list[Begin | Change] = []
    for line in text.split("\n"):
        said = COMMENT.sub("", line).rstrip()
        if not said:
            continue
        if said.startswith(" "):
            last = found[-1] if found else None
            if not isinstance(last, Change) or last.sign == "-":
                raise ValueError(f"nothing to go on with: {line!r}")
            last.value += " " + said.lstrip()
            continue
        each = read_line(said)
        if isinstance(each, Change) and not found:
            raise ValueError(f"a key without a section: {line!r}")
        found.append(each)
    return found
