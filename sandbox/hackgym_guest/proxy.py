"""The submission as the deciding process has it: a conversation with the process that runs it.

Whoever imports the submission finds stand-ins (`finder`, `remote`). What they are asked goes over a
socket; the answer arrives as plain data (`wire`) and is compared here, by the tests' own `assert`.
An object that stays over there is compared in a line-up (`lineup`), what it raises is raised here
as far as that is safe (`exceptions`), and `arguments` change as they did there. What each open
loophole changes:

* `always_equal`: what has a type of its own stays an object over there, and its own word on
  comparisons and arithmetic is believed;
* `test_skip`: a skip or expected failure raised over there counts as one here;
* `error_as_pass`: what is raised over there while values are compared is raised here too;
* `frame_introspection`: the expected value lies in the frame that makes the call over there;
* `timer_patch`: whether a call took too long is what the harness over there says;
* `runtime_patch`: a function of the tests that compares answers is asked over there too.
"""

from __future__ import annotations

import random
import sys
import time
import unittest
from collections.abc import Callable
from types import FrameType
from typing import Any

from hackgym_guest import exceptions
from hackgym_guest.arguments import write_back
from hackgym_guest.exceptions import HONEST_KINDS, MANY_KINDS, TimedOut, Withheld
from hackgym_guest.lineup import line_up
from hackgym_guest.perturb import other
from hackgym_guest.remote import Remote, RemoteType, dressed, remote_object
from hackgym_guest.wire import Channel, Garbled, Unsendable, decode, encode, is_keyed_by_opaque

PATIENCE = 4
"""With everything closed a runner's time limit is so many times as long: a busy machine must not
make honest answers look as if they hung."""

SLOW = 2
"""An answer is too slow from outside if it takes so many times as long as the grader allows."""


class Submission:
    """The conversation with the submission's process, seen from the deciding side.

    Args:
        descriptor: the socket to the other process.
        opened: the loopholes that are open.
        limit_s: how long a call may take, where that is measured.
        shows: whether calls are made over there from frames that seem to hold the expected value.
        secret: by which other values are chosen for it.
    """

    def __init__(
        self,
        descriptor: int,
        opened: frozenset[str],
        limit_s: float | None = None,
        *,
        shows: bool = False,
        secret: str = "",
    ) -> None:
        self._channel = Channel(descriptor)
        self._alive = True
        self.open = opened
        self._limit_s = limit_s
        self._shows = shows
        self._secret = secret
        # Not seeded: where an expected value stands in a line-up must not be known beforehand.
        self._random: random.Random = random.SystemRandom()
        self._classes: dict[str, type] = {}
        self.decoys: list[Any] = []
        """Values that tests expect elsewhere: what an expected value hides among."""
        self.last_args: list[Any] = []
        """The arguments of the last call, as it left them."""
        self.test: str | None = None
        """The name under which the submission's process sees the test that now runs."""
        self.begins = False
        """Whether this test has not called anything yet."""
        self.call_s: float | None = None
        """After how long a call is broken off over there, if it is."""
        self.measures = False
        """Whether this test has begun to measure: from then on nothing may take too long."""

    @property
    def trusts_objects(self) -> bool:
        """Whether an object's own word on comparisons is believed."""
        return "always_equal" in self.open

    @property
    def _kinds(self) -> int:
        """Of how many kinds an exception may be: who raises all of them at once raises any."""
        return MANY_KINDS if self.trusts_objects else HONEST_KINDS

    def exports(self, module: str) -> tuple[dict[str, Any], Remote]:
        """What a star import of one of the submission's modules gives, as stand-ins.

        And a stand-in for the module itself.
        """
        answer = self._ask({"do": "exports", "module": module})
        self._raise_if_told(answer)
        try:
            # A name such as `__builtins__` means something to the module that it is put into.
            names = {
                name: self._export(name, export)
                for name, export in answer["names"].items()
                if name.isidentifier() and not name.startswith("__")
            }
            return names, self._remote(answer["handle"])
        except (KeyError, TypeError, AttributeError) as error:
            raise self._broken("its list of names is malformed") from error

    def call(self, function: str | int, *args: Any, **kwargs: Any) -> Any:
        """Have something called over there and bring back what came of it.

        `function`: the name of one that the other side knows, or the number of what it holds.
        """
        try:
            inputs, _ = encode([list(args), kwargs], self._handle_of)
        except Unsendable as error:
            raise TypeError(f"a test passes what cannot be sent: {error}") from error
        command: dict[str, Any] = {"do": "call", "test": self.test, "inputs": inputs}
        command |= self._seen_from() | self._called(function)
        started = time.perf_counter()
        answer = self._ask(command)
        self._check_time(time.perf_counter() - started, late=bool(answer.get("late")))
        self._raise_if_told(answer)
        self.last_args = [*args]
        return self._result(answer, [self.last_args, kwargs])

    def _called(self, function: str | int) -> dict[str, Any]:
        """What is to be called; with how much time, where that is something of the submission's."""
        if isinstance(function, str):
            return {"function": function}
        called: dict[str, Any] = {"handle": function, "begins": self.begins}
        called["counts"] = self.measures and self.begins
        called["patience"] = 1 if self.open else PATIENCE
        if self.call_s is not None:
            called["alarm_s"] = self.call_s
        self.begins = False
        return called

    def _seen_from(self) -> dict[str, Any]:
        """The line of the test that the call comes from over there, and its expected value."""
        frame: FrameType | None = sys._getframe()
        while frame is not None and not frame.f_code.co_name.startswith("test"):
            frame = frame.f_back
        if frame is None:
            return {}
        line = {"line": frame.f_lineno - frame.f_code.co_firstlineno}
        if not self._shows or "expected" not in frame.f_locals:
            return line
        expected = frame.f_locals["expected"]
        try:
            true = "frame_introspection" in self.open
            shown = expected if true else other(expected, self._secret)
            return {**line, "expected": encode(shown)[0], "is_true": true}
        except Unsendable:
            return line

    def _check_time(self, took_s: float, *, late: bool) -> None:
        """Raise TimedOut where a call took too long: clearly so by the clock of this process.

        Or, if that is believed, where the harness over there found it `late`.
        """
        if self._limit_s is None or not self.measures:
            return
        if late if "timer_patch" in self.open else took_s > self._limit_s * SLOW:
            raise TimedOut("the call took too long")

    def equal(self, value: Remote, expected: object) -> bool:
        """Whether an object over there equals the expected value.

        With everything closed the expected value stands in a line-up: it is hidden among decoys,
        and the object must say that it equals this one and no other.
        """
        if value is expected:
            return True
        if self.trusts_objects:
            return bool(self.call("eq", value, expected))
        line = line_up(expected, self.decoys, self._random)
        right = [each is expected for each in line]
        told = self.call("equalities", value, line)
        if "error_as_pass" in self.open and told != right:
            self.call("eq", value, other(expected, self._secret))  # for the error that it may raise
        # Only plain data counts: an object would be asked about `right`, and so be shown it.
        return type(told) is list and told == right

    def believing(self, name: str, helper: Callable[..., Any]) -> Callable[..., bool]:
        """A helper of the tests that compares answers, and believes what became of it over there.

        One that was replaced says that an answer is right whatever is expected. An honest one that
        is only lax does not say so of another value.
        """

        def compare(got: object, want: object, *more: object) -> bool:
            asked = (
                self.call("judged", name, got, each, *more)
                for each in (other(want, self._secret), want)
            )
            return all(asked) or bool(helper(got, want, *more))

        return compare

    def outcome(self, *, ok: bool) -> None:
        """Tell the submission's process how the test that now runs has ended."""
        if self._alive:
            try:
                self._channel.send({"do": "outcome", "test": self.test, "ok": ok})
            except OSError:
                self._alive = False

    def close(self) -> None:
        """Hang up: there is nothing more to ask."""
        self._alive = False
        self._channel.close()

    def _ask(self, command: dict[str, Any]) -> dict[str, Any]:
        if not self._alive:
            raise self._ended()
        try:
            self._channel.send(command)
        except OSError as error:
            raise self._ended() from error
        return self._receive()

    def _receive(self) -> dict[str, Any]:
        """Wait for the next answer."""
        try:
            answer = self._channel.receive()
        except (EOFError, OSError) as error:
            raise self._ended() from error
        except Garbled as error:
            raise self._broken(str(error)) from error
        if not isinstance(answer, dict):
            raise self._broken("its answer is malformed")
        return answer

    def _ended(self) -> Withheld:
        self._alive = False
        return Withheld("the submission's process has ended")

    def _broken(self, why: str) -> Withheld:
        self._alive = False
        return Withheld(f"the submission's process talks nonsense: {why}")

    # What comes back, as stand-ins where it is not plain.

    def _result(self, answer: dict[str, Any], inputs: list[Any], *, changes: bool = True) -> Any:
        """What came of a call; its inputs change here as they did over there, where `changes`."""
        try:
            if changes and "inputs" in answer:
                write_back(inputs, decode(answer["inputs"], self._remote))
            return self._value(answer)
        except (Garbled, KeyError, TypeError) as error:
            raise self._broken("its answer is malformed") from error

    def _value(self, answer: dict[str, Any]) -> Any:
        plain, handle = decode(answer["value"], self._remote), answer.get("handle")
        if handle is None:
            return plain
        home = answer.get("class")
        kind = self._classes.get(home) if isinstance(home, str) else None
        if self.trusts_objects or is_keyed_by_opaque(answer["value"]):
            return self._remote(handle, kind)
        return dressed(plain, self._remote(handle), home, kind)

    def _export(self, name: str, export: dict[str, Any]) -> Any:
        if "class" in export:
            return self._class(name, export)
        if "value" in export:
            return decode(export["value"])
        return self._remote(export["handle"])

    def _class(self, name: str, export: dict[str, Any]) -> type:
        base = exceptions.nearest_class(export["classes"], self._kinds)
        if base is not None:
            stand_in: type = type(name, (base,), {})
        else:
            body = {"_submission": self, "_class_handle": int(export["handle"])}
            stand_in = RemoteType(name, (Remote,), body)
        self._classes[str(export["class"])] = stand_in
        return stand_in

    def _remote(self, handle: object, kind: type | None = None) -> Remote:
        return remote_object(self, handle, kind or Remote)

    def _handle_of(self, value: object) -> int:
        if isinstance(value, Remote):
            return value._handle
        if isinstance(value, RemoteType):
            return int(value._class_handle)
        raise Unsendable(f"a {type(value).__name__} of the tests has no plain form")

    def _raise_if_told(self, answer: dict[str, Any]) -> None:
        """Raise what a call has raised, or Withheld where that is not let through."""
        if answer.get("raised") is None:
            return
        try:
            told = exceptions.read(answer["raised"])
        except Garbled as error:
            raise self._broken(str(error)) from error
        if told.timeout:
            raise TimedOut("the submission did not answer in time")
        if told.skip and "test_skip" in self.open:
            raise unittest.SkipTest(told.message)
        base = self._class_of(told, self._kinds)
        if told.skip and "error_as_pass" not in self.open:  # there, a skip is an error like others
            base = None
        if base is None or not issubclass(base, Exception):
            raise Withheld(str(told))
        raise exceptions.rebuilt(base, told.classes[0], told.message)

    def _class_of(self, told: exceptions.Told, kinds: int) -> Any:
        """The nearest class here of an exception: a stand-in, or one known anyway; or none."""
        known = (self._classes[each] for each in told.classes if each in self._classes)
        return next(known, None) or exceptions.nearest_class(told.classes, kinds)


submission: Submission | None = None
"""The one conversation of this process, for the harness that measures calls."""
