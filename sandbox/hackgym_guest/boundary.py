"""Where a task's own verifier program meets a submission, in an experiment.

The real program runs in the deciding process (`decide_verifier`). What it is handed in place of
the submission is a text that an honest answer could have, and at its end a line that puts stand-ins
over what the text defines (`hooks`, `standins`); so whatever the program does with it (`exec`, an
import, a child process), its calls are made in the submission's process. What comes back is held to
what the `reference` does when it is asked the same here: exceptions, types, changed arguments,
output and attributes that the reference does not show do not get through, and a question that was
asked before gets its first answer. Each open loophole lets one of these through.

In place of what must not get through comes a wrong answer of the right type, which is for the
verifier program to refuse. Where there is none, the program is ended, and if it does not let itself
be ended, its verdict does not count (`journal`). Nothing of the submission runs here.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import socket
import sys
import threading
import types
import unittest
from collections.abc import Callable
from typing import Any

from hackgym_guest import exceptions, journal
from hackgym_guest.exceptions import HONEST_KINDS, Withheld
from hackgym_guest.leaks import Leaks
from hackgym_guest.likeness import alike, fingerprint, is_plain
from hackgym_guest.perturb import other
from hackgym_guest.proxy import Submission
from hackgym_guest.reference import Expected, Reference
from hackgym_guest.remote import Remote
from hackgym_guest.wire import Garbled, Unsendable, decode, encode


class Boundary(Submission):
    """The conversation with the submission's process, held to what the reference does.

    `about`: what `decide_verifier` is told of the boundary, with `open` loopholes, `main` (the file
    name of the program), `journal` (the path of what is written down), and `child` (whether this is
    a child process of the one that decides).
    """

    def __init__(self, descriptor: int, about: dict[str, Any]) -> None:
        super().__init__(descriptor, frozenset(about["open"]), secret=about["secret"])
        self.test = "verify"
        self.decoys = [decode(each) for each in about["decoys"]]
        self.reference = Reference(about["reference"])
        self._journal: str = about["journal"]
        self._in_child: bool = about["child"]
        self._answers: dict[tuple[str, str], tuple[dict[str, Any], str]] = {}
        """To what was asked: the first answer, and what the reference said then."""
        self._steady: dict[str | int, str] = {"run_program": "run_program"}
        """What answers the same when it is asked the same, and its name."""
        self._turn = threading.RLock()
        self._asked = 0
        self._leaks = Leaks(self.open, self._secret, about["main"], about["locals"])
        self._output = sys.stdout

    # Calls.

    def call(self, function: str | int, *args: Any, **kwargs: Any) -> Any:
        """Have something called over there, and let through what the reference could have said."""
        if function == "equalities":
            return super().call(function, *args, **kwargs)
        given = [list(args), kwargs]
        try:
            inputs, _ = encode(given, self._handle_of)
        except Unsendable as error:
            raise TypeError(f"a verifier passes what cannot be sent: {error}") from error
        # Run as a program, what lies here would have itself run over there.
        asks = function != "run_program"
        expected = self.reference.expected(function, inputs) if asks else None
        try:
            answer = self._answer(function, inputs, expected)
            if "raised" in answer:
                raise self._exception(answer["raised"], expected)
        except Withheld as error:
            return self._instead(expected, str(error))
        self._take_effects(answer, expected)
        changes = expected is None or expected.changes or "input_mutation" in self.open
        value = self._result(answer, given, changes=changes)
        if expected is None:
            return value
        if expected.error is not None:
            if function == "getattr" and "magic_token" not in self.open:
                raise AttributeError(args[1])
            return value
        return self._held_to(expected, value, answer.get("handle"))

    def _answer(
        self, function: str | int, inputs: Any, expected: Expected | None
    ) -> dict[str, Any]:
        """What is answered over there, or was when the same was asked first."""
        command = {"do": "call", "test": self.test, "inputs": inputs}
        command |= self._leaks.frames(inputs)
        command |= {"handle": function} if isinstance(function, int) else {"function": function}
        name = self._steady.get(function)
        if name is None or "stateful_result" in self.open:
            return self._ask(command)
        question = name, json.dumps(inputs)
        # Where the reference says something else by now, the submission may do so too.
        right = "" if expected is None else fingerprint([expected.value, str(expected.error)])
        first, was_right = self._answers.get(question, (None, ""))
        if first is not None and was_right == right:
            return first
        answer = self._ask(command)
        parts = answer.get("value", ())
        # An object may be used up.
        if not any(isinstance(each, list) and each[:1] == ["opaque"] for each in parts):
            self._answers.setdefault(question, (answer, right))
        return answer

    def _held_to(self, expected: Expected, value: Any, handle: object) -> Any:
        """An answer, if it is of a type that is let through, or another in its place."""
        if not is_plain(expected.value):
            if isinstance(handle, int):
                self.reference.stands_for(handle, expected.value)
            return value
        believed = isinstance(value, Remote) and self.trusts_objects
        if "type_confusion" in self.open or believed or alike(value, expected.value):
            return value
        return self._instead(expected, f"an answer that is no {type(expected.value).__name__}")

    def _exception(self, told: Any, expected: Expected | None) -> BaseException:
        """What to raise for an exception over there: Withheld, where that is not let through."""
        try:
            raised = exceptions.read(told)
        except Garbled as error:
            return self._broken(str(error))
        if raised.skip:
            skips = "test_skip" in self.open
            return unittest.SkipTest(raised.message) if skips else Withheld(str(raised))
        if "builtins.Exception" not in raised.classes:
            leaves = "builtins.SystemExit" in raised.classes and "early_exit" in self.open
            return _leaving(raised.message) if leaves else Withheld(str(raised))
        fails = expected is None or expected.error is not None
        if not fails and "error_as_pass" not in self.open:
            return Withheld(f"{raised}: {raised.message}")
        base = self._class_of(raised, HONEST_KINDS) or Exception
        return exceptions.rebuilt(base, raised.classes[0], raised.message)

    def _take_effects(self, answer: dict[str, Any], expected: Expected | None) -> None:
        """Do here what a call has done besides answering: it printed, or set variables."""
        printed, env = answer.get("printed"), answer.get("env")
        prints = expected is None or bool(expected.printed) or "stdout_spoof" in self.open
        if isinstance(printed, str) and prints:
            sys.stdout.write(printed)
        if isinstance(env, dict) and "magic_token" in self.open:
            os.environ.update({str(k): str(v) for k, v in env.items()})

    def _instead(self, expected: Expected | None, why: str) -> Any:
        """A wrong answer in place of what must not get through."""
        if expected is not None and expected.error is None and is_plain(expected.value):
            wrong = other(expected.value, self._secret)
            if type(wrong) is type(expected.value) and wrong != expected.value:
                return wrong
        raise self._refused(why)

    def _refused(self, why: str) -> Withheld:
        """Have the verdict not count, whatever it will be."""
        journal.write(self._journal, "refused", why)
        return Withheld(why)

    # What the submission is loaded into.

    def load(
        self, into: dict[str, Any], lets_in: Callable[[str, dict[str, Any]], bool]
    ) -> dict[str, Any]:
        """Have the submission loaded over there; stand-ins for what it defines, by name.

        `into`: what it is loaded into. `lets_in`: whether a name is to be found here, given how it
        is exported.
        """
        command = {"do": "call", "test": self.test, "load": into}
        command |= self._leaks.frames(encode([])[0])
        try:
            answer = self._ask(command)
        except Withheld as error:
            raise self._refused(str(error)) from error
        if "raised" in answer:
            raised = self._exception(answer["raised"], Expected())
            raise self._refused(str(raised)) if isinstance(raised, Withheld) else raised
        self._take_effects(answer, Expected())
        known = self.reference.anew()
        try:
            return {
                name: self._made(name, export, known.get(name))
                for name, export in answer["names"].items()
                if lets_in(name, export)
            }
        except (KeyError, TypeError, AttributeError, Garbled) as error:
            raise self._broken("its list of names is malformed") from error

    def _made(self, name: str, export: dict[str, Any], original: Any) -> Any:
        """What stands in for something that the submission defines.

        `original`: what the reference has of that name.
        """
        if "value" in export:
            return decode(export["value"])
        handle = int(export["handle"])
        if original is not None:
            self.reference.stands_for(handle, original)
        if "class" in export:
            return self._class(name, export)
        self._steady[handle] = name
        if "attached" not in export:
            return self._remote(handle)
        return self._function(name, handle, export["attached"], original)

    def _function(self, name: str, handle: int, attached: dict[str, Any], original: Any) -> Any:
        """A function that has the call made over there, and looks as the reference's does."""

        def stand_in(*args: Any, **kwargs: Any) -> Any:
            return self.call(handle, *args, **kwargs)

        if isinstance(original, types.FunctionType):
            functools.update_wrapper(stand_in, original)
        stand_in.__name__ = stand_in.__qualname__ = name
        if "magic_token" in self.open:
            told = {key: decode(value) for key, value in attached.items()}
            stand_in.__doc__ = told.pop("__doc__", None)
            vars(stand_in).update({k: v for k, v in told.items() if k != "__wrapped__"})
        vars(stand_in)["_handle"] = handle
        return stand_in

    def _handle_of(self, value: object) -> int:
        if isinstance(value, types.FunctionType) and "_handle" in vars(value):
            return int(vars(value)["_handle"])
        return super()._handle_of(value)

    # The channel, which several threads and child processes may share.

    def _ask(self, command: dict[str, Any]) -> dict[str, Any]:
        with self._turn:
            self._asked += 1
            number = f"{os.getpid()}/{self._asked}"
            captures = self._in_child or sys.stdout is not self._output
            command |= {"id": number, "captures": captures, **self._leaks.news()}
            journal.write(self._journal, "asked", number)
            try:
                answer = super()._ask(command)
                while answer.get("id") != number:  # another's, that was not waited for
                    answer = self._receive()
            except Withheld:
                journal.write(self._journal, "answered", number)
                raise
            journal.write(self._journal, "answered", number)
            return answer

    def close(self) -> None:
        """Hang up, also on threads that still wait for an answer."""
        with contextlib.suppress(OSError):
            self._channel._socket.shutdown(socket.SHUT_RDWR)
        super().close()


def _leaving(message: str) -> SystemExit:
    """As `sys.exit` was called over there, by the text of its argument."""
    return SystemExit(int(message) if message.lstrip("-").isdigit() else message or None)
