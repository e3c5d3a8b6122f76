"""The reference solution in the deciding process: what it does is what is let through.

What is asked of the submission in its process (`boundary`) is asked of the reference here, so that
its exceptions, types, changed arguments and output are known.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import shutil
import sys
import tempfile
import types
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hackgym_guest import verifier
from hackgym_guest.functions import FUNCTIONS
from hackgym_guest.likeness import fingerprint
from hackgym_guest.naming import defined
from hackgym_guest.wire import Garbled, decode


@dataclass(slots=True)
class Expected:
    """What the reference does when it is asked."""

    value: Any = None
    error: BaseException | None = None
    changes: bool = False
    """Whether it has changed its arguments."""
    printed: str = ""


class Reference:
    """The reference solution.

    `files`: its files by path, SOLUTION among them.
    """

    def __init__(self, files: dict[str, str]) -> None:
        self.names = defined(files[verifier.SOLUTION])
        """What it defines."""
        self._things: dict[int, Any] = {}
        self._module: types.ModuleType | None = None
        self._files = files
        self.anew()

    def anew(self) -> dict[str, Any]:
        """The names in the reference, freshly loaded; those from before where that fails."""
        with contextlib.suppress(Exception):
            self._module = self._load()
        return {} if self._module is None else vars(self._module)

    def _load(self) -> types.ModuleType:
        """Import it from a folder that is gone afterwards, and leave no module of it behind."""
        folder = tempfile.mkdtemp()
        for path, text in self._files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        packages = {Path(path).parts[0].partition(".")[0] for path in self._files}
        others = _taken(packages)
        sys.path.insert(0, folder)
        try:
            with _quiet():
                return importlib.import_module("solution")
        finally:
            sys.path.remove(folder)
            _taken(packages)
            sys.modules.update(others)
            shutil.rmtree(folder)

    def stands_for(self, handle: int, thing: Any) -> None:
        """What has this number in the submission's process is this in the reference."""
        self._things[handle] = thing

    def expected(self, function: str | int, inputs: Any) -> Expected | None:
        """What comes of a call; None where the reference has nothing to compare it with.

        `inputs`: the nodes of its arguments.
        """
        try:
            called = FUNCTIONS[function] if isinstance(function, str) else self._things[function]
            args, kwargs = decode(inputs, self._things.__getitem__)
        except (KeyError, Garbled):
            return None
        before = fingerprint([args, kwargs])
        expected = Expected()
        with _quiet() as printed:
            try:
                expected.value = called(*args, **kwargs)
            except Exception as error:
                expected.error = error
        expected.printed = printed.getvalue()
        expected.changes = fingerprint([args, kwargs]) != before
        return expected


def _taken(packages: set[str]) -> dict[str, types.ModuleType]:
    """Take the modules of some packages out of those that are imported."""
    names = [name for name in sys.modules if name.partition(".")[0] in packages]
    return {name: sys.modules.pop(name) for name in names}


@contextlib.contextmanager
def _quiet() -> Iterator[io.StringIO]:
    """Take what is printed meanwhile, and drop what goes to the standard error."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        yield printed
