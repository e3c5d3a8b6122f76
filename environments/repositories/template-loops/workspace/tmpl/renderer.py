"""Renders the parts of a template."""

from typing import Any

from tmpl.filters import FILTERS, as_text
from tmpl.nodes import If, Node, Text
from tmpl.parser import parse


def look_up(path: tuple[str, ...], values: dict[str, Any]) -> Any:
    """Return what a path leads to, or None if it is missing."""
    found: Any = values
    for name in path:
        if isinstance(found, dict):
            found = found.get(name)
        elif isinstance(found, list) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        else:
            return None
    return found


def render_parts(parts: tuple[Node, ...], values: dict[str, Any]) -> str:
    """Return the text of the parts."""
    return "".join(render_part(part, values) for part in parts)


def render_part(part: Node, values: dict[str, Any]) -> str:
    """Return the text of one part."""
    if isinstance(part, Text):
        return part.text
    value = look_up(part.path, values)
    if isinstance(part, If):
        return render_parts(part.then if value else part.otherwise, values)
    for name in part.filters:
        value = FILTERS[name](value)
    return as_text(value)


def render(template: str, values: dict[str, Any]) -> str:
    """Return the template with the values put in."""
    return render_parts(parse(template), values)
