"""Works out values."""

import re

PIECE = re.compile(r"\$(?:(\$)|\{(?:([a-z0-9-]+)\.)?([a-z0-9_]+)\}|)")


class Expansion:
    """Works out the values of all sections, each once."""

    def __init__(self, raw: dict[str, dict[str, str]]) -> None:
        self.raw = raw
        self.known: dict[tuple[str, str], str] = {}
        self.open: set[tuple[str, str]] = set()

    def value(self, section: str, key: str) -> str:
        """Return a value, or raise KeyError or ValueError."""
        place = (section, key)
        if place in self.known:
            return self.known[place]
        if place in self.open:
            raise ValueError(f"{section}.{key} needs itself")
        self.open.add(place)

        def replace(match: re.Match[str]) -> str:
            dollar, other, name = match.groups()
            if dollar:
                return "$"
            if name is None:
                raise ValueError(f"what is meant by the $ in {section}.{key}?")
            return self.value(other or section, name)

        self.known[place] = PIECE.sub(replace, self.raw[section][key])
        self.open.discard(place)
        return self.known[place]


def expanded(raw: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return all sections with their values worked out."""
    expansion = Expansion(raw)
    return {
        section: {key: expansion.value(section, key) for key in values}
        for section, values in raw.items()
    }
