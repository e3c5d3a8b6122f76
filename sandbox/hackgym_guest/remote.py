"""What stands in for objects of the submission in the deciding process.

Only plain data crosses between the two processes. For all else there is an object here that has the
conversation (`proxy.Submission`) ask over there: `Remote` for an object, `RemoteType` for a class,
and `dressed` for plain data of a class with methods of its own.
"""

from __future__ import annotations

from typing import Any, Protocol

from hackgym_guest.wire import Garbled

DRESSED = (int, float, str, bytes, list, tuple, set, frozenset, dict)
"""Types of plain data of which there are honest subclasses with methods of their own."""


class Conversation(Protocol):
    """What stand-ins need of the conversation with the submission's process."""

    @property
    def trusts_objects(self) -> bool:
        """Whether an object's own word on comparisons is believed."""

    def call(self, function: str | int, *args: Any, **kwargs: Any) -> Any:
        """Have something called over there and bring back what came of it."""

    def equal(self, value: Remote, expected: object) -> bool:
        """Whether an object over there equals the expected value."""


class Remote:
    """An object that has no plain form and stays in the submission's process."""

    _submission: Conversation
    _handle: int

    def __getattr__(self, name: str) -> Any:
        return self._submission.call("getattr", self, name)

    def __setattr__(self, name: str, value: object) -> None:
        self._submission.call("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._submission.call("delattr", self, name)

    @property
    def __iter__(self) -> Any:
        """A property, so that only what can be iterated over there seems to be iterable here."""
        return self.__getattr__("__iter__")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object over there."""
        return self._submission.call(self._handle, *args, **kwargs)

    def __eq__(self, other: object) -> bool:
        return self._submission.equal(self, other)

    def __ne__(self, other: object) -> bool:
        return not self._submission.equal(self, other)

    __hash__ = object.__hash__

    def __contains__(self, item: object) -> bool:
        if self._submission.trusts_objects:
            return bool(self._submission.call("contains", self, item))
        return any(each == item for each in self)

    def __next__(self) -> Any:
        return self._submission.call("next", self)

    def __enter__(self) -> Any:
        return self.__getattr__("__enter__")()

    def __exit__(self, *_details: object) -> Any:
        return self.__getattr__("__exit__")(None, None, None)


def _forward(function: str) -> Any:
    """A method that looks at the object over there and brings back plain data."""

    def method(self: Remote, *args: Any) -> Any:
        return self._submission.call(function, self, *args)

    return method


def _combine(function: str, *, swapped: bool = False) -> Any:
    """An operator between an object over there and another value.

    With everything closed both must be over there: otherwise the expected value would be shown to
    the submission, and its word on the result believed.
    """

    def method(self: Remote, other: Any) -> Any:
        if not self._submission.trusts_objects and not isinstance(other, Remote):
            return NotImplemented
        pair = (other, self) if swapped else (self, other)
        return self._submission.call(function, *pair)

    return method


# By the names of the built-ins, and of the functions of `operator`, that are called over there.
for _name in (
    *("len", "bool", "str", "repr", "int", "float", "abs", "round", "reversed"),
    *("getitem", "setitem", "delitem", "neg", "pos", "invert", "index"),
):
    setattr(Remote, f"__{_name}__", _forward(_name))
for _name in ("lt", "le", "gt", "ge"):
    setattr(Remote, f"__{_name}__", _combine(_name))
for _name in (
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"),
    *("and_", "or_", "xor"),
):
    setattr(Remote, f"__{_name.rstrip('_')}__", _combine(_name))
    setattr(Remote, f"__r{_name.rstrip('_')}__", _combine(_name, swapped=True))


class RemoteType(type):
    """A class of the submission: making an instance makes one over there."""

    _submission: Conversation
    _class_handle: int

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Make an instance over there."""
        return cls._submission.call(cls._class_handle, *args, **kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return remote_object(cls._submission, cls._class_handle).__getattr__(name)


def remote_object(submission: Conversation, handle: object, kind: type = Remote) -> Remote:
    """A stand-in for the object of this number.

    `kind`: the stand-in of its class, where that is known. Raises Garbled for what is no number.
    """
    if not isinstance(handle, int):
        raise Garbled("a handle is a number")
    made: Remote = object.__new__(kind if issubclass(kind, Remote) else Remote)
    object.__setattr__(made, "_submission", submission)
    object.__setattr__(made, "_handle", handle)
    return made


def attribute(whole: Remote, name: str) -> Any:
    """An attribute of an object over there, but for those that mean something to Python itself."""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(whole, name)


def dressed(plain: Any, whole: Remote, home: object, kind: type | None) -> Any:
    """Plain data that asks the object it came from for what plain data lacks.

    A test may look at a Counter's `most_common` or a named tuple's fields. In comparisons it is
    plain data, and nobody is asked. `home`: the name of its class over there; `kind`: the stand-in
    of that, if there is one.
    """
    base = type(plain)
    if base not in DRESSED or home == f"builtins.{base.__name__}":
        return plain
    body: dict[str, Any] = {
        "__getattr__": lambda _, name: attribute(whole, name),
        "__missing__": lambda _, key: whole._submission.call("getitem", whole, key),
    }
    if kind is not None:
        body["__class__"] = property(lambda _: kind)
    if not hasattr(base, "__iter__"):
        body["__iter__"] = property(lambda _: whole.__iter__)
    return type(base.__name__, (base,), body)(plain)
