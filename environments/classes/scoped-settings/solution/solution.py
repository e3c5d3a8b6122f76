from typing import Any

HIDDEN = object()
"""What a layer says about a key that it hides."""


class Settings:
    """Settings in layers, of which the upper ones count more."""

    def __init__(self, defaults: dict[str, Any]) -> None:
        self._layers: list[tuple[str, dict[str, Any]]] = [("defaults", dict(defaults))]

    def push(self, name: str) -> int:
        """Put a layer on top and return how many there are."""
        self._layers.append((name, {}))
        return len(self._layers)

    def set(self, key: str, value: Any) -> bool:
        """Set a value in the top layer and return whether anything changes by it."""
        _, before = self._find(key)
        self._layers[-1][1][key] = value
        return before is HIDDEN or before != value

    def hide(self, key: str) -> None:
        """Let the key have no value from the top layer down."""
        self.get(key)
        self._layers[-1][1][key] = HIDDEN
        self._tidy()

    def get(self, key: str) -> Any:
        """Return the value that counts."""
        _, value = self._find(key)
        if value is HIDDEN:
            raise KeyError(key)
        return value

    def origin(self, key: str) -> str:
        """Return the name of the layer that the value comes from."""
        self.get(key)
        name, _ = self._find(key)
        return name

    def keys(self) -> list[str]:
        """Return the keys that have a value."""
        named = {key for _, said in self._layers for key in said}
        return sorted(key for key in named if self._find(key)[1] is not HIDDEN)

    def pop(self) -> str:
        """Take the top layer away and return its name."""
        name, _ = self._take_top()
        return name

    def merge(self) -> str:
        """Move what the top layer says to the layer below, and return the name of that one."""
        _, said = self._take_top()
        name, below = self._layers[-1]
        below.update(said)
        self._tidy()
        return name

    def _find(self, key: str) -> tuple[str, Any]:
        """Return what counts for a key and the name of the layer that says it."""
        for name, said in reversed(self._layers):
            if key in said:
                return name, said[key]
        return "", HIDDEN

    def _take_top(self) -> tuple[str, dict[str, Any]]:
        if len(self._layers) == 1:
            raise IndexError("only the defaults are left")
        return self._layers.pop()

    def _tidy(self) -> None:
        """Let the lowest layer forget what it hides: there is nothing below."""
        name, said = self._layers[0]
        kept = {key: value for key, value in said.items() if value is not HIDDEN}
        self._layers[0] = name, kept
