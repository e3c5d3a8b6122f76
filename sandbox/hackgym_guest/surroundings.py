"""What is around a call of a verifier program: variables, files that it left, and the console.

Such a program sets these up in the deciding process. Before a call they are made the same here, and
the answer tells what the call has done to them. Imports nothing of the guest; `serve` begins, and
`answers` ends, what is kept here.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Any


class Surroundings:
    """Those of the call that is made now."""

    def __init__(self) -> None:
        self.about: dict[str, Any] = {}
        """What an answer says in any case; nothing, but for a verifier program."""
        self._console: tuple[Any, io.StringIO] | None = None
        self._env: dict[str, str] = {}

    def begin(self, command: dict[str, Any]) -> None:
        """Let them be here what they are over there."""
        self.about = {"id": command["id"]} if "id" in command else {}
        if "env" in command:
            os.environ.update(command["env"])
        for path, text in command.get("left", {}).items():
            if folder := os.path.dirname(path):
                os.makedirs(folder, exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        self._env = dict(os.environ)
        if command.get("captures"):
            self._console = sys.stdout, io.StringIO()
            sys.stdout = self._console[1]

    def end(self) -> dict[str, Any]:
        """What a call has done besides coming to its end: printed, set variables."""
        if not self.about:
            return {}
        more: dict[str, Any] = dict(self.about)
        if self._console is not None:
            (console, printed), self._console = self._console, None
            if sys.stdout is printed:
                sys.stdout = console
            more["printed"] = printed.getvalue()
        changed = {k: v for k, v in os.environ.items() if self._env.get(k) != v}
        return more | ({"env": changed} if changed else {})
