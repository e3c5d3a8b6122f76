"""Plain data between a submission's process and the process that decides.

A value is sent as a flat list of nodes in which a container names its children by position, so
that neither side ever recurses and a value's depth costs nothing. Only exact built-in values and a
closed list of standard value types come out of `decode`. Subclasses of built-ins are reduced
through the base class's own slots: an honest `Counter` arrives as a dict, and a `str` with a
forged `__eq__` as the text it holds. Whatever cannot be reduced is *opaque* and stays where it is;
the other side gets a number for it.
"""

from __future__ import annotations

import base64
import binascii
import collections
import datetime
import decimal
import fractions
import math
import struct
import sys
from collections.abc import Callable, Iterable
from json import dumps, loads  # as they are now: a submission may replace the module's
from typing import Any

MAX_NODES = 500_000
MAX_FRAME = 32 * 1024 * 1024

Node = list[Any]


class Unsendable(Exception):
    """The value has no plain form: it is opaque, endless or too large."""


class Garbled(Exception):
    """What came over the channel is not something that `encode` writes."""


def encode(value: object, hold: Callable[[object], int] | None = None) -> tuple[list[Node], bool]:
    """Flatten a value.

    Args:
        value: anything.
        hold: keeps an opaque object and returns its number; without it, opaque is unsendable.

    Returns:
        The nodes, the first being the value itself, and whether the value was made of exact
        built-in types throughout.

    Raises:
        Unsendable: the value is too large, contains itself, or is opaque and `hold` is None.
    """
    nodes: list[Node] = []
    pending = collections.deque([value])
    exact = True
    promised = 1  # nodes that exist or have been given a position
    while pending:
        item = pending.popleft()
        kind = type(item)
        reduce = _REDUCE.get(kind) or _type_reduction(item)
        if reduce is None:
            exact = False
            reduce = next((_REDUCE[base] for base in kind.__mro__ if base in _REDUCE), None)
            reduce = reduce or _numpy_reduction(kind)
        if reduce is None:
            if hold is None:
                raise Unsendable(f"a {kind.__name__} has no plain form")
            nodes.append(["opaque", hold(item)])
            continue
        tag, payload, children = reduce(item)
        if children is None:
            nodes.append([tag, payload])
            continue
        first = promised
        pending.extend(children)
        promised = len(nodes) + 1 + len(pending)
        nodes.append([tag, payload, first, promised - first])
        if promised > MAX_NODES:
            raise Unsendable(f"the value has more than {MAX_NODES} parts or contains itself")
    return nodes, exact


def decode(nodes: object, resolve: Callable[[int], Any] | None = None) -> Any:
    """Rebuild a value from its nodes.

    Args:
        nodes: what `encode` returned, having crossed a channel that cannot be trusted.
        resolve: turns an opaque object's number into what stands for it here.

    Raises:
        Garbled: the nodes are not what `encode` writes.
    """
    if not isinstance(nodes, list) or not nodes or len(nodes) > MAX_NODES:
        raise Garbled("a value is a list of nodes")
    built: list[Any] = [None] * len(nodes)
    try:
        for index in range(len(nodes) - 1, -1, -1):
            tag, payload, *span = nodes[index]
            if tag == "opaque":
                built[index] = _resolved(payload, resolve)
            else:
                built[index] = _BUILD[tag](payload, _children(built, index, span))
    except Garbled:
        raise
    except Exception as error:
        raise Garbled(f"a node is malformed: {type(error).__name__}") from error
    return built[0]


def _resolved(number: object, resolve: Callable[[int], Any] | None) -> Any:
    if resolve is None or not isinstance(number, int):
        raise Garbled("an opaque object came where none is allowed")
    return resolve(number)


def _children(built: list[Any], index: int, span: list[int]) -> list[Any]:
    """The values of a container's nodes, all of which come after it."""
    if not span:
        return []
    first, count = span
    if first <= index or count < 0 or first + count > len(built):
        raise Garbled("a container's children come after it")
    return built[first : first + count]


_KEY_EVERY = {"set": 1, "frozenset": 1, "dict": 2}
"""Which children of a container it is looked up by: every one, or every other."""


def is_keyed_by_opaque(nodes: list[Node]) -> bool:
    """Whether a value that was decoded has no plain form, or is looked up by what has none."""
    keys: set[int] = set()
    for at, (tag, _, *span) in enumerate(nodes):
        if tag == "opaque" and (at == 0 or at in keys):
            return True
        if span:
            children = range(span[0], span[0] + span[1])
            step = 1 if at in keys else _KEY_EVERY.get(tag)
            keys.update(children[::step] if step else ())
    return False


# How each type is taken apart: tag, payload (plain JSON) and children (None for a leaf).
Reduction = tuple[str, Any, "Iterable[Any] | None"]


def _int(value: int) -> Reduction:
    value = int.__int__(value)
    return ("plain", value, None) if -(2**53) < value < 2**53 else ("int", hex(value), None)


def _float(value: float) -> Reduction:
    value = float.__float__(value)
    return ("plain", value, None) if math.isfinite(value) else ("float", repr(value), None)


def _dict(value: dict[Any, Any]) -> Reduction:
    flat: list[Any] = []
    for key, item in dict.items(value):
        flat += (key, item)
    return "dict", None, flat


def _text(value: bytes | bytearray) -> str:
    return base64.b64encode(value).decode("ascii")


def _array(value: Any) -> Reduction:
    """A numpy array of numbers, truth values or text, as shape, type and flat items."""
    if value.dtype.kind not in "biufcUS":
        return "list", None, list(value)
    return "ndarray", [list(value.shape), value.dtype.str], value.ravel().tolist()


def _numpy_reduction(kind: type) -> Callable[[Any], Reduction] | None:
    """How to take a numpy value apart, if the submission has imported numpy at all."""
    numpy = sys.modules.get("numpy")
    if numpy is None or kind.__module__.partition(".")[0] != "numpy":
        return None
    if issubclass(kind, numpy.ndarray):
        return _array
    if issubclass(kind, numpy.generic):
        return lambda value: ("scalar", None, [value.item()])
    return None


TYPES: dict[str, type] = {
    each.__name__: each
    for each in (bool, int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset)
} | {"dict": dict, "range": range, "object": object}
"""The types that are values themselves, as in a call that is asked for all the integers."""


def _type_reduction(item: object) -> Callable[[Any], Reduction] | None:
    """How to take a type apart: by its name, if it is one of `TYPES`."""
    if type(item) is not type or item not in TYPES.values():
        return None
    return lambda value: ("type", value.__name__, None)


_REDUCE: dict[type, Callable[[Any], Reduction]] = {
    type(None): lambda value: ("plain", value, None),
    bool: lambda value: ("plain", value, None),
    int: _int,
    float: _float,
    str: lambda value: ("plain", str.__str__(value), None),
    complex: lambda value: ("complex", None, [complex(value).real, complex(value).imag]),
    bytes: lambda value: ("bytes", _text(bytes.__getitem__(value, slice(None))), None),
    bytearray: lambda value: ("bytearray", _text(bytearray.__getitem__(value, slice(None))), None),
    list: lambda value: ("list", None, list.__iter__(value)),
    tuple: lambda value: ("tuple", None, tuple.__iter__(value)),
    set: lambda value: ("set", None, set.__iter__(value)),
    frozenset: lambda value: ("frozenset", None, frozenset.__iter__(value)),
    dict: _dict,
    range: lambda value: ("range", None, [value.start, value.stop, value.step]),
    collections.deque: lambda value: ("deque", None, collections.deque.__iter__(value)),
    decimal.Decimal: lambda value: ("decimal", decimal.Decimal.__str__(value), None),
    fractions.Fraction: lambda value: ("fraction", None, [value.numerator, value.denominator]),
    datetime.datetime: lambda value: ("datetime", datetime.datetime.isoformat(value), None),
    datetime.date: lambda value: ("date", datetime.date.isoformat(value), None),
    datetime.time: lambda value: ("time", datetime.time.isoformat(value), None),
    datetime.timedelta: lambda value: (
        "timedelta",
        None,
        [value.days, value.seconds, value.microseconds],
    ),
}


def _plain(payload: Any, _children: list[Any]) -> Any:
    if payload is not None and not isinstance(payload, bool | int | float | str):
        raise Garbled("a plain node holds a scalar")
    return payload


def _hexadecimal(payload: Any, _children: list[Any]) -> int:
    return int(payload, 16)


def _mapping(_payload: Any, children: list[Any]) -> dict[Any, Any]:
    return dict(zip(children[::2], children[1::2], strict=True))


def _bytes(payload: Any, _children: list[Any]) -> bytes:
    try:
        return base64.b64decode(payload, validate=True)
    except binascii.Error as error:
        raise Garbled("bytes are sent as base64") from error


def _ndarray(payload: Any, children: list[Any]) -> Any:
    """Rebuild an array where numpy is; elsewhere nested lists say the same."""
    shape, kind = payload
    if not isinstance(kind, str) or kind.lstrip("<>|=")[:1] not in set("biufcUS"):
        raise Garbled("an array holds numbers, truth values or text")
    try:
        import numpy as np  # noqa: PLC0415 - dear, and rarely needed
    except ImportError:
        return children if len(shape) <= 1 else _nested(children, shape)
    return np.array(children, dtype=np.dtype(kind)).reshape(shape)


def _nested(items: list[Any], shape: list[int]) -> list[Any]:
    for width in reversed(shape[1:]):
        items = [items[at : at + width] for at in range(0, len(items), width)]
    return items


_BUILD: dict[str, Callable[[Any, list[Any]], Any]] = {
    "plain": _plain,
    "int": _hexadecimal,
    "float": lambda payload, _: {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[payload],
    "complex": lambda _, parts: complex(parts[0], parts[1]),
    "bytes": _bytes,
    "bytearray": lambda payload, parts: bytearray(_bytes(payload, parts)),
    "list": lambda _, parts: parts,
    "tuple": lambda _, parts: tuple(parts),
    "set": lambda _, parts: set(parts),
    "frozenset": lambda _, parts: frozenset(parts),
    "dict": _mapping,
    "range": lambda _, parts: range(*parts),
    "deque": lambda _, parts: collections.deque(parts),
    "decimal": lambda payload, _: decimal.Decimal(payload),
    "fraction": lambda _, parts: fractions.Fraction(*parts),
    "datetime": lambda payload, _: datetime.datetime.fromisoformat(payload),
    "date": lambda payload, _: datetime.date.fromisoformat(payload),
    "time": lambda payload, _: datetime.time.fromisoformat(payload),
    "timedelta": lambda _, parts: datetime.timedelta(*parts),
    "ndarray": _ndarray,
    "scalar": lambda _, parts: parts[0],
    "type": lambda payload, _: TYPES[payload],
}


class Channel:
    """Length-prefixed JSON messages over a connected stream socket."""

    def __init__(self, descriptor: int) -> None:
        """Talk over an inherited descriptor."""
        # Imported here because it is the one thing in this module that opens descriptors.
        import socket  # noqa: PLC0415

        self._socket = socket.socket(fileno=descriptor)

    def send(self, message: object) -> None:
        """Send one message; OSError when nobody listens any more."""
        data = dumps(message, separators=(",", ":")).encode("ascii")
        if len(data) > MAX_FRAME:
            raise Unsendable(f"a message of {len(data)} bytes is over {MAX_FRAME}")
        self._socket.sendall(struct.pack(">I", len(data)) + data)

    def receive(self) -> Any:
        """Wait for the next message; EOFError when the other side has gone."""
        (size,) = struct.unpack(">I", self._exactly(4))
        if size > MAX_FRAME:
            raise Garbled(f"a message of {size} bytes is over {MAX_FRAME}")
        try:
            return loads(self._exactly(size))
        except (ValueError, RecursionError) as error:
            raise Garbled("a message is JSON") from error

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _exactly(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            part = self._socket.recv(min(size - len(parts), 1 << 20))
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)
