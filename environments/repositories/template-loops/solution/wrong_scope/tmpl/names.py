"""Finds the names of variables."""

from tmpl.nodes import Text, Value
from tmpl.parser import parse


def collect(parts, hidden, found):
    for part in parts:
        if isinstance(part, Text):
            continue
        if part.path[0] not in hidden:
            found.add(part.path[0])
        if not isinstance(part, Value):
            inner = hidden | {part.name, "loop"} if part.name else hidden
            collect(part.first, inner, found)
            collect(part.second, hidden, found)


def variables(template):
    """Return the sorted first names of all paths in a template."""
    found = set()
    collect(parse(template), set(), found)
    return sorted(found)
