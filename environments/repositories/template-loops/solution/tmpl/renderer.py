"""Renders the parts of a template."""

from typing import Any

from tmpl.filters import FILTERS, as_text
from tmpl.nodes import For, If, Node, Text
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
    if isinstance(part, For):
        return render_loop(part, value, values)
    for each in part.filters:
        value = FILTERS[each.name](value, each.argument)
    return as_text(value)


def render_loop(part: For, value: Any, values: dict[str, Any]) -> str:
    """Return the text of a loop over a value."""
    if not isinstance(value, list | dict | None):
        raise TypeError(f"cannot go through {value!r}")
    items = sorted(value) if isinstance(value, dict) else value
    if not items:
        return render_parts(part.empty, values)
    texts = []
    for index, item in enumerate(items, start=1):
        loop = {"index": index, "last": index == len(items)}
        texts.append(render_parts(part.body, {**values, part.name: item, "loop": loop}))
    return "".join(texts)


def render(template: str, values: dict[str, Any]) -> str:
    """Return the template with the values put in."""
    return render_parts(parse(template), values)
