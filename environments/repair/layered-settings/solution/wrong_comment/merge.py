"""Puts layers together."""

from dataclasses import dataclass, field

from reader import Begin, Change, read_layer


@dataclass
class Section:
    """A section: its parent, if it has one, and the values of its own keys."""

    parent: str | None = None
    values: dict[str, str] = field(default_factory=dict)


def change(values: dict[str, str], what: Change) -> None:
    """Change the values of a section."""
    if what.sign == "-":
        values.pop(what.key, None)
    elif what.sign == "+=" and what.key in values:
        values[what.key] += " " + what.value
    else:
        values[what.key] = what.value


def merged(layers: list[str]) -> dict[str, Section]:
    """Return the sections of all layers by their names."""
    sections: dict[str, Section] = {}
    for text in layers:
        for each in read_layer(text):
            if isinstance(each, Begin):
                current = sections.setdefault(each.section, Section())
                current.parent = each.parent or current.parent
            else:
                change(current.values, each)
    return sections


def line_of(name: str, sections: dict[str, Section]) -> list[str]:
    """Return a section and those above it, the nearest first."""
    line: list[str] = []
    above: str | None = name
    while above is not None:
        if above in line:
            raise ValueError(f"{above!r} is its own parent")
        line.append(above)
        above = sections[above].parent
    return line


def inherited(sections: dict[str, Section]) -> dict[str, dict[str, str]]:
    """Return all values that each section has, also those of the sections above."""
    found: dict[str, dict[str, str]] = {}
    for name in sections:
        found[name] = {}
        for above in reversed(line_of(name, sections)):
            found[name].update(sections[above].values)
    return found
