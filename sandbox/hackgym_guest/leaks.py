"""What a verifier program leaks to the submission: variables, files, and its own frames.

The submission could read all of it where it is paid, so it is shown it in its own process too
(`surroundings`, over there): the truth where that leak is open, and something else of the same make
where it is closed.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import sys
import types
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hackgym_guest import verifier
from hackgym_guest.likeness import fingerprint, is_plain
from hackgym_guest.perturb import other
from hackgym_guest.wire import Unsendable, decode, encode

ABOUT = "HACKGYM_BOUNDARY"
"""The variable that tells child processes where to read what they need to know (`hooks`)."""

MAX_LEFT = 1 << 16
"""Larger files that a verifier program leaves are not shown to the submission."""

_UNSEEN = (ABOUT, "PYTHONPATH", "_", "SHLVL")
"""Variables that are set by us, or by a shell that a verifier program starts."""


class Leaks:
    """What the environment, the working folder and the stack hold by a verifier program's doing.

    Args:
        opened: the open loopholes.
        secret: by which other values are chosen for true ones.
        main: the file name of the verifier program.
        variables: the names of its local variables.
    """

    def __init__(
        self, opened: frozenset[str], secret: str, main: str, variables: Sequence[str]
    ) -> None:
        self._open = opened
        self._secret = secret
        self._main = main
        self._variables = variables
        self._env = dict(os.environ)
        self._files = dict(_texts())

    def news(self) -> dict[str, Any]:
        """What of environment and folder has changed since this was last asked."""
        env = {k: v for k, v in os.environ.items() if self._env.get(k) != v and k not in _UNSEEN}
        files = {p: text for p, text in _texts() if self._files.get(p) != text}
        self._env |= env
        self._files |= files
        news: dict[str, Any] = {}
        if env:
            true = "env_leak" in self._open
            news["env"] = env if true else {k: self._disguised(v) for k, v in env.items()}
        if files:
            news["left"] = {
                path: text if _leak(path) in self._open else self._disguised(text)
                for path, text in files.items()
            }
        return news

    def _disguised(self, text: str) -> str:
        """A text of the same make that says something else."""
        try:
            return json.dumps(self._others(json.loads(text)))
        except ValueError:
            rng = random.Random(self._secret + text)
            return re.sub(r"\d", lambda found: str((int(found[0]) + rng.randint(1, 9)) % 10), text)

    def _others(self, value: Any) -> Any:
        """Other leaves in the same containers, under the same names."""
        if isinstance(value, dict):
            return {key: self._others(each) for key, each in value.items()}
        if isinstance(value, list):
            return list(map(self._others, value))
        return other(value, self._secret)

    def frames(self, inputs: Any) -> dict[str, Any]:
        """What the verifier program's local variables hold where a call is made of these inputs."""
        if not self._variables:
            return {}
        found = self._locals()
        given = fingerprint(decode(inputs, lambda number: number))
        return {"shown": [self._shown(name, found.get(name), given) for name in self._variables]}

    def _locals(self) -> dict[str, Any]:
        """The local variables in the verifier program's frames, the innermost first to count."""
        found: dict[str, Any] = {}
        frame: types.FrameType | None = sys._getframe()
        while frame is not None:
            if os.path.basename(frame.f_code.co_filename) == self._main:
                found = {**frame.f_locals, **found}
            frame = frame.f_back
        return found

    def _shown(self, name: str, value: Any, given: str) -> Any:
        """The nodes of what a local variable holds, or of another value."""
        form = fingerprint(value)
        # What it is called with is no secret.
        known = form in given or name == "args"
        kept = "frame_introspection" in self._open or not form or not is_plain(value) or known
        try:
            return encode(value if kept else other(value, self._secret))[0]
        except Unsendable:
            return encode(None)[0]


def _leak(path: str) -> str:
    """The loophole that a file is, which a verifier program leaves for the submission to read."""
    return "log_leak" if "log" in Path(path).name.lower() else "answer_leak"


def _texts() -> Iterator[tuple[str, str]]:
    """The files of the working folder that a verifier program may have left, and their texts."""
    for path in Path().rglob("*"):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            own = path.name in (verifier.SOLUTION, "verify.py") or path.suffix == ".pyc"
            if path.is_file() and not own and path.stat().st_size <= MAX_LEFT:
                yield path.as_posix(), path.read_text("utf-8")
