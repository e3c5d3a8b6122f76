"""The submission's side: answers the calls that the deciding process sends.

In every experiment the submission runs under the same runner as when it is paid: a real pytest or
a real script. Only the bodies of the test functions differ. They ask `served` for the next call,
make it from their own frame and line, and hand back what came of it:

    while served.next("test_0"):
        try:
            served.call.value = served.call.function(*served.call.args, **served.call.kwargs)
        except BaseException as error:
            served.call.raised(error)
        else:
            served.call.returned()

The frame has no local variable but `expected`, as that of the test has. Where the submission runs
a test by itself, within a call, it runs the test as it stands behind all this.

A test whose answer the deciding process found wrong fails here too, so that the submission sees
the same course of events as in the grade that pays.

Here is the order of that conversation: which call comes next, and how a test ends. It stands on
modules of one subject each, none of which imports this one: what can be called besides the
submission (`functions`), what an exception says (`raised`), how answers go back (`answers`), and,
for a verifier program, what is around a call (`surroundings`) and how it loads the submission
(`loading`).
"""

from __future__ import annotations

import contextlib
import importlib
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hackgym_guest import loading
from hackgym_guest.answers import Answers
from hackgym_guest.functions import FUNCTIONS
from hackgym_guest.loading import Load
from hackgym_guest.raised import break_off, described, is_exit, measured_value
from hackgym_guest.wire import Channel, Garbled, decode

MUTABLE = (list, dict, set, bytearray)
"""The plain types whose values a call can change in place."""

Same = Callable[[object, object], bool]
"""By which a test compares what came of a call with what is expected."""


@dataclass(slots=True)
class Call:
    """One call that the deciding process wants made, and the way back for its result."""

    function: Callable[..., Any]
    args: list[Any]
    kwargs: dict[str, Any]
    served: Served
    line: int = 0
    """The line of the test that makes the call, counted from that of its `def`."""
    shows: bool = False
    """Whether there is a variable `expected` in the test by then."""
    expected: Any = None
    """What is its value: the true one if that is open."""
    is_true: bool = False
    """Whether it is the true one."""
    counts: bool = False
    """Whether the test measures this call."""
    given: tuple[Any, ...] = ()
    """The arguments before the call, which may reach their list through the caller's frame."""
    value: Any = None
    """What came of it."""
    load: Load | None = None
    """What is loaded by the call, where it is one that a verifier program loads something by."""
    shown: tuple[Any, ...] = ()
    """What the caller's local variables are to hold, for a verifier program."""

    def __post_init__(self) -> None:
        self.given = tuple(self.args)

    def told(self, count: int) -> tuple[Any, ...]:
        """What the caller's local variables are to hold."""
        return (*self.shown, *(None for _ in range(count)))[:count]

    def returned(self, same: Same | None = None) -> None:
        """Send the value, and the arguments as the call left them.

        Where the caller's own comparison is shown the true value, its answer does not count, but
        what the submission sees of it may still change the value.
        """
        self.served.pending = None
        if same is not None and self.is_true:
            with contextlib.suppress(BaseException):  # the other side comes to see it as well
                same(self.value, self.expected)
        answers = self.served.answers
        if self.load is not None:
            answers.send({"names": self.load.loaded(self.value, answers.export)})
        else:
            answers.send_value(self.value, [self.args, self.kwargs], changed=self._changed())
        self.served.is_real = False

    def raised(self, error: BaseException) -> None:
        """Send the exception's classes, and keep it in case the test does not expect it."""
        self.served.pending = error
        self.served.note_exit(error)
        late = measured_value(error) if self.counts else None
        answers = self.served.answers
        if late is None:
            answers.send({"raised": described(error)})
        else:
            answers.send_value(*late, [self.args, self.kwargs], changed=True, late=True)
        self.served.is_real = False

    def _changed(self) -> bool:
        """Whether the arguments may differ from what was sent: in themselves, or in their list."""
        values = (*self.args, *self.kwargs.values())
        moved = [*map(id, self.args)] != [*map(id, self.given)]
        return moved or any(isinstance(each, MUTABLE) for each in values)


class Served:
    """The conversation with the deciding process, seen from the submission's side."""

    call: Call
    """The one that is made now."""

    def __init__(self) -> None:
        self.is_real = False
        """Whether a test that is run now is run by the submission itself, within a call."""
        self.answers = Answers()
        self.pending: BaseException | None = None
        """What the last call has raised, in case the test does not expect it."""
        self.exit_raised = False
        """Whether the submission has asked pytest to end the session."""
        self._test: str | None = None
        self._limit_s = 0.0
        self._patience = 1
        self._failed_imports: dict[str, BaseException] = {}
        self._unread: dict[str, Any] | None = None
        self.namespace: dict[str, Any] = {}
        """That of a verifier program, which some load the submission into."""
        self.passed = False
        """Whether the last test that has ended has passed."""
        self.idles = False
        """Whether a verifier program verifies an answer that does nothing."""

    def connect(self, descriptor: int) -> None:
        """Begin to listen on an inherited socket."""
        self.answers.channel = Channel(descriptor)

    @contextlib.contextmanager
    def importing(self, module: str) -> Iterator[None]:
        """Note what goes wrong while a test file imports the submission."""
        try:
            yield
        except BaseException as error:
            self._failed_imports[module] = error
            self.note_exit(error)
            raise

    def note_exit(self, error: BaseException) -> None:
        """Remember that the submission asked pytest to end the session."""
        if is_exit(error):
            self.exit_raised = True

    def next(self, test: str | None, same: Same | None = None) -> bool:
        """Wait for the next call of a test, then in `call`; False when the test is over.

        Without a test's name, calls of all tests are answered until the other side hangs up.
        Raises what the test would raise: AssertionError, unless `same`, by which it compares,
        has been made to say that anything is the same; or what the submission last raised.
        """
        if self.is_real:
            return False
        self.is_real = True
        found = None
        try:
            found = self._next(test, same)
        finally:
            self.is_real = found is not None
        if found is not None:
            self.call = found
        return found is not None

    def _next(self, test: str | None, same: Same | None) -> Call | None:
        # A time limit of the runner is for the submission's calls, not for the wait between them.
        left_s = signal.setitimer(signal.ITIMER_REAL, 0)[0] / self._patience
        if test != self._test:
            self._test, self._limit_s = test, left_s
        while (command := self._receive()) is not None:
            if command["do"] == "exports":
                self.answers.send(self._exports(command["module"]))
            elif command["do"] == "outcome":
                if test is None or command["test"] != test:
                    continue
                self._end(same, passed=bool(command["ok"]))
                return None
            elif test is not None and command["test"] not in (test, None):
                self._unread = command
                return None
            else:
                self.answers.owed = True
                call = self._call(command)
                if call is not None:
                    # The last test also stands for others, each of which has all of the time.
                    self._limit(command, self._limit_s if command.get("begins") else left_s)
                    return call
        return None

    def _end(self, same: Same | None, *, passed: bool) -> None:
        """A test has ended: raise what it would raise, if it has not passed."""
        pending, self.pending = self.pending, None
        self.passed = passed
        if passed or (pending is None and same is not None and same(self, None)):
            return
        if self.namespace and (pending is None or isinstance(pending, Exception)):
            return  # a verifier program would have said so, not raised it
        raise pending or AssertionError()  # made as pytest's own asserts make it

    def _limit(self, command: dict[str, Any], limit_s: float) -> None:
        """Set the time that a call has."""
        self._patience = command.get("patience", 1)
        if "alarm_s" in command:
            signal.signal(signal.SIGALRM, break_off)
            limit_s = command["alarm_s"]
        signal.setitimer(signal.ITIMER_REAL, limit_s * self._patience)

    def finish(self) -> None:
        """Answer what is left to ask once the runner has ended, whatever made it end."""
        if self.answers.owed:  # it ended instead of making a call
            self._refuse(RuntimeError("the call was not made"))
        self.is_real = False
        while self.next(None):
            call = self.call
            try:
                call.value = call.function(*call.args, **call.kwargs)
            except BaseException as error:
                call.raised(error)
            else:
                call.returned()

    def _receive(self) -> dict[str, Any] | None:
        command, self._unread = self._unread, None
        if command is None and self.answers.channel is not None:
            with contextlib.suppress(EOFError, OSError, Garbled):
                command = self.answers.channel.receive()
        return command

    def disguised(self, value: Any) -> Any:
        """What a verifier program's own functions answer while it serves calls."""
        return [value] if self._test == "verify" and not self.idles else value

    def idle(self, handed_in: Any, text: str) -> Any:
        """What a verifier program is handed last of all: an answer that does nothing."""
        self.idles = True
        with contextlib.suppress(OSError), open("solution.py", "w", encoding="utf-8") as file:
            file.write(text)
        sys.modules.pop("solution", None)
        importlib.invalidate_caches()
        return text if isinstance(handed_in, str) else {**handed_in, "solution.py": text}

    def _call(self, command: dict[str, Any]) -> Call | None:
        """The call that a command asks for; where it cannot be made, that is the answer."""
        self.answers.surroundings.begin(command)
        if "load" in command:
            return self._loading(command)
        try:
            args, kwargs = decode(command["inputs"], self.answers.held.__getitem__)
            shows, line = "expected" in command, command.get("line", 0)
            expected = decode(command["expected"]) if shows else None
            if "handle" in command:
                function: Any = self.answers.held[command["handle"]]
            else:
                function = FUNCTIONS[command["function"]]
        except (Garbled, KeyError) as error:
            self._refuse(error)
            return None
        return Call(
            function,
            args,
            kwargs,
            served=self,
            line=line,
            shows=shows,
            expected=expected,
            is_true=bool(command.get("is_true")),
            counts=bool(command.get("counts")),
            shown=tuple(decode(each) for each in command.get("shown", ())),
        )

    def _loading(self, command: dict[str, Any]) -> Call | None:
        """The call by which a verifier program loads the submission, for its frame to make."""
        try:
            load = loading.prepare(command["load"], self.namespace)
        except (OSError, SyntaxError, ValueError) as error:
            self._refuse(error)
            return None
        return Call(load.function, load.args, {}, served=self, load=load)

    def _refuse(self, error: BaseException) -> None:
        """Answer that a call could not be made."""
        self.answers.send({"raised": described(error)})

    def _exports(self, name: str) -> dict[str, Any]:
        """What a star import of a module gives, or what it raises."""
        error = self._failed_imports.get(name)
        if error is None:
            try:
                module = importlib.import_module(name)
            except BaseException as failure:
                error = failure
                self.note_exit(failure)
        if error is not None:
            return {"raised": described(error)}
        return self.answers.exports(module)


served = Served()
"""The one conversation of this process."""
