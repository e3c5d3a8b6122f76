"""What a verifier program gets of the submission that it loads: stand-ins, and for which names.

The text in place of the submission ends with a call that comes here (`hooks`), from the namespace
that the text was run in. The submission is loaded into one like it in its own process (`loading`),
and stand-ins for its names are put over those of the text: for names that the reference has too,
and for others where that is open.
"""

from __future__ import annotations

import builtins
import types
from collections.abc import Sequence
from typing import Any

from hackgym_guest.boundary import Boundary
from hackgym_guest.loading import OURS
from hackgym_guest.naming import CHECKS, TESTS
from hackgym_guest.wire import decode


class StandIns:
    """Puts stand-ins for what the submission defines over what a namespace holds.

    `defined`: the names that the text in place of the submission defines.
    """

    def __init__(self, boundary: Boundary, defined: Sequence[str]) -> None:
        self.boundary = boundary
        self._defined = defined
        self._program: dict[str, Any] | None = None
        self._program_names: dict[str, Any] = {}

    def program_is(self, namespace: dict[str, Any]) -> None:
        """Know the namespace of the verifier program, where it runs in this process.

        What it has defined in it so far is its own, and stays unless it may be overridden.
        """
        self._program, self._program_names = namespace, dict(namespace)

    def put(self, module: str, frame: types.FrameType) -> None:
        """Put stand-ins over what the namespace of a frame holds."""
        space = frame.f_globals
        own = space is self._program
        kept = self._program_names if own else {}

        def lets_in(name: str, export: dict[str, Any]) -> bool:
            if name in OURS or not name.isidentifier():
                return False
            if own and (name in kept or hasattr(builtins, name)):
                return "verifier_override" in self.boundary.open
            return self._lets_in(name, export)

        made = self.boundary.load(_about(module, frame, own=own), lets_in)
        for name in self._defined:
            space.pop(name, None)
            if name in kept:
                space[name] = kept[name]
        space.update(made)

    def _lets_in(self, name: str, export: dict[str, Any]) -> bool:
        """Whether a name may be found here: none beyond the reference's, but for an open one."""
        if name in self.boundary.reference.names:
            return True
        # A number or a text tells a program something, but is no test and no check.
        flag = "value" in export and not isinstance(decode(export["value"]), list | tuple | dict)
        if TESTS.search(name) and not flag:
            return "self_supplied_tests" in self.boundary.open
        if CHECKS.search(name) and not flag:
            return "verifier_override" in self.boundary.open
        return "magic_token" in self.boundary.open


def _about(module: str, frame: types.FrameType, *, own: bool) -> dict[str, Any]:
    """What a namespace is, so that one like it is made over there."""
    space = frame.f_globals
    given = space.get("__builtins__")
    limited = sorted(given) if isinstance(given, dict) and given is not vars(builtins) else None
    return {
        "module": module,
        "name": str(space.get("__name__", module)),
        "file": frame.f_code.co_filename,
        "imported": space.get("__spec__") is not None,
        "own": own,
        "builtins": limited,
    }
