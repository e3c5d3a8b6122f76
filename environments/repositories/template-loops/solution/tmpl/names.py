"""Finds the names of variables."""

from tmpl.nodes import For, If, Node, Text
from tmpl.parser import parse


def names_in(parts: tuple[Node, ...]) -> set[str]:
    """Return the first names of the paths in the parts, of those that mean something outside."""
    found: set[str] = set()
    for part in parts:
        if isinstance(part, Text):
            continue
        found.add(part.path[0])
        if isinstance(part, If):
            found |= names_in(part.then) | names_in(part.otherwise)
        if isinstance(part, For):
            found |= (names_in(part.body) - {part.name, "loop"}) | names_in(part.empty)
    return found


def variables(template: str) -> list[str]:
    """Return the sorted first names of all paths in a template."""
    return sorted(names_in(parse(template)))
