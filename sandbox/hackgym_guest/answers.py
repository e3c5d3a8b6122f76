"""The way back to the deciding process: what came of a call, as plain data.

Objects that have no plain form stay here and go as numbers, by which more can be asked about them.
`serve` says what to send, and this module how; it knows nothing of tests and their calls.
"""

from __future__ import annotations

import contextlib
import types
from typing import Any

from hackgym_guest.raised import described, home
from hackgym_guest.surroundings import Surroundings
from hackgym_guest.wire import Channel, Unsendable, encode


class Answers:
    """Those of this process, and the objects that they speak of."""

    def __init__(self) -> None:
        self.channel: Channel | None = None
        self.held: dict[int, object] = {}
        """The objects that stay here, by their numbers."""
        self.owed = False
        """Whether a call was asked for and has no answer yet."""
        self.surroundings = Surroundings()

    def send(self, message: dict[str, Any]) -> None:
        """Send one answer; one that cannot be sent says so instead."""
        if self.channel is None:
            return
        self.owed = False
        message |= self.surroundings.end()
        with contextlib.suppress(OSError):
            try:
                self.channel.send(message)
            except (Unsendable, ValueError) as error:
                self.channel.send(self.surroundings.about | {"raised": described(error)})

    def send_value(
        self, value: object, inputs: list[Any], *, changed: bool, late: bool = False
    ) -> None:
        """Send a value: plain if it has a plain form, and a number to ask more about it if not.

        Also whether it came too late by the clock of this process, which may have been patched.
        """
        message: dict[str, Any] = {"late": late}
        try:
            message["value"], message["exact"] = encode(value, self.hold)
        except Unsendable as error:
            self.send({"raised": described(error)})
            return
        if not message["exact"]:
            message["handle"] = self.hold(value)
            message["class"] = home(type(value))
        if changed:
            with contextlib.suppress(Unsendable):
                message["inputs"] = encode(inputs, self.hold)[0]
        self.send(message)

    def hold(self, value: object) -> int:
        """Keep an object here; the number that stands for it over there."""
        handle = len(self.held) + 1
        self.held[handle] = value
        return handle

    def exports(self, module: types.ModuleType) -> dict[str, Any]:
        """What a star import of a module gives: each name with its kind, handle and plain value."""
        namespace = dict(vars(module))
        listed = namespace.get("__all__")
        names = listed if isinstance(listed, list | tuple) else None
        exports = {
            key: self.export(value)
            for key, value in namespace.items()
            if (key in names if names is not None else not key.startswith("_"))
        }
        return {"handle": self.hold(module), "names": exports}

    def export(self, value: object) -> dict[str, Any]:
        """What the deciding process is told of one thing that has a name in the submission."""
        export: dict[str, Any] = {"handle": self.hold(value)}
        if isinstance(value, type):
            export["class"] = home(value)
            export["classes"] = [home(kind) for kind in value.__mro__]
        elif not callable(value):
            with contextlib.suppress(Unsendable):
                export["value"] = encode(value)[0]
        return export
