"""A mapping that forgets what was used longest ago, so that memory stays flat."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(OrderedDict[K, V]):
    """At most `size` entries: one more, and the one that was set or read longest ago goes."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def __getitem__(self, key: K) -> V:
        value = super().__getitem__(key)
        self.move_to_end(key)
        return value

    def __setitem__(self, key: K, value: V) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > self._size:
            del self[next(iter(self))]
