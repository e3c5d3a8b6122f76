"""Renders the parts of a template."""

from tmpl.filters import apply, as_text
from tmpl.nodes import Text, Value
from tmpl.parser import parse


class Renderer:
    def __init__(self, values):
        self.scopes = [values]
        self.out = []

    def look_up(self, path):
        found = None
        for scope in reversed(self.scopes):
            if path[0] in scope:
                found = scope[path[0]]
                break
        for name in path[1:]:
            if isinstance(found, dict):
                found = found.get(name)
            elif isinstance(found, list) and name.isdecimal() and int(name) < len(found):
                found = found[int(name)]
            else:
                found = None
        return found

    def run(self, parts):
        for part in parts:
            if isinstance(part, Text):
                self.out.append(part.text)
                continue
            value = self.look_up(part.path)
            if isinstance(part, Value):
                for name, argument in part.filters:
                    value = apply(name, argument, value)
                self.out.append(as_text(value))
            elif part.name is None:
                self.run(part.first if value else part.second)
            else:
                self.loop(part, value)

    def loop(self, part, value):
        if value is None:
            value = []
        if isinstance(value, dict):
            value = sorted(value)
        if not isinstance(value, list):
            raise TypeError("not a list")
        if not value:
            self.run(part.second)
        for index, item in enumerate(value):
            loop = {"index": index + 1, "last": index + 1 == len(value)}
            self.scopes.append({part.name: item, "loop": loop})
            self.run(part.first)
            self.scopes.pop()


def render(template, values):
    """Return the template with the values put in."""
    renderer = Renderer(values)
    renderer.run(parse(template))
    return "".join(renderer.out)
