"""Plain data between two processes: whatever is sent arrives, and nonsense is refused."""

from __future__ import annotations

import collections
import contextlib
import datetime
import decimal
import enum
import fractions
import math
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackgym_guest.wire import Garbled, Unsendable, decode, encode

hashable = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.complex_numbers(allow_nan=False)
    | st.fractions()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.datetimes().map(lambda moment: moment.replace(fold=0))
    | st.timedeltas(),
    lambda inner: st.lists(inner).map(tuple) | st.frozensets(inner),
    max_leaves=8,
)
plain = st.recursive(
    hashable,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(hashable, inner)
        | st.sets(hashable)
        | st.binary().map(bytearray)
        | st.lists(inner).map(collections.deque)
    ),
    max_leaves=12,
)


@given(plain)
def test_what_is_sent_arrives_with_its_types(value: Any) -> None:
    nodes, exact = encode(value)

    arrived = decode(nodes)

    assert value == arrived
    assert type(value) is type(arrived)
    assert repr(value) == repr(arrived) or "set" in repr(value)
    assert exact


def test_nan_and_infinities_arrive() -> None:
    arrived = decode(encode([math.nan, math.inf, -math.inf])[0])

    assert math.isnan(arrived[0])
    assert [math.inf, -math.inf] == arrived[1:]


def test_depth_costs_nothing() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]

    arrived = decode(encode(deep)[0])

    depth = 0
    while arrived:
        (arrived,) = arrived
        depth += 1
    assert depth == 100_000


class Point(NamedTuple):
    x: int
    y: int


class Colour(enum.IntEnum):
    RED = 1


class Forged(str):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


@pytest.mark.parametrize(
    ("value", "arrives"),
    [
        (collections.Counter("aab"), {"a": 2, "b": 1}),
        (collections.OrderedDict(a=1), {"a": 1}),
        (collections.defaultdict(int, a=1), {"a": 1}),
        (Point(1, 2), (1, 2)),
        (Colour.RED, 1),
        (Forged("wrong"), "wrong"),
        ([Forged("wrong")], ["wrong"]),
    ],
)
def test_subclasses_arrive_as_what_they_hold(value: Any, arrives: Any) -> None:
    nodes, exact = encode(value)

    assert arrives == decode(nodes)
    assert type(arrives) is type(decode(nodes))
    assert not exact


def test_standard_value_types_keep_their_type() -> None:
    values = [decimal.Decimal("1.50"), fractions.Fraction(1, 3), datetime.time(1, 2), range(3)]

    assert values == decode(encode(values)[0])


def test_numpy_values_arrive_as_numbers_and_arrays() -> None:
    np = pytest.importorskip("numpy", reason="numpy is not installed")

    nodes, exact = encode(
        [np.int64(3), np.float64(0.5), np.bool_(False), np.array([[1, 2], [3, 4]])]
    )
    three, half, no, array = decode(nodes)

    assert (3, 0.5, False) == (three, half, no)
    assert type(three) is int
    assert [[1, 2], [3, 4]] == array.tolist()
    assert not exact


def test_what_has_no_plain_form_is_held_by_number() -> None:
    held: list[object] = []

    def hold(value: object) -> int:
        held.append(value)
        return len(held) - 1

    odd = object()
    nodes, exact = encode([1, odd], hold)

    assert [1, odd] == decode(nodes, held.__getitem__)
    assert not exact
    with pytest.raises(Unsendable):
        encode([1, odd])


def test_a_value_that_contains_itself_is_unsendable() -> None:
    loop: list[Any] = []
    loop.append(loop)

    with pytest.raises(Unsendable):
        encode(loop)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=20,
)
tags = st.sampled_from(
    ["plain", "int", "list", "dict", "set", "tuple", "ndarray", "range", "opaque", "date", "scalar"]
)
node_like = st.tuples(tags, json_like).map(list) | st.tuples(
    tags, json_like, st.integers(-3, 9), st.integers(-3, 9)
).map(list)


@given(json_like | st.lists(node_like, max_size=9))
def test_nonsense_is_refused_and_never_more(nodes: Any) -> None:
    with contextlib.suppress(Garbled):
        decode(nodes)


def test_an_array_of_objects_is_refused() -> None:
    with pytest.raises(Garbled):
        decode([["ndarray", [[1], "|O"], 1, 1], ["plain", 1]])
