"""Values survive their two ways of being written: as tagged JSON and as Python source."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hackgym.errors import BadInput
from hackgym.values import MAX_DEPTH, TAGS, from_tagged, literal, to_tagged

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
)
HASHABLE = st.recursive(
    SCALARS,
    lambda parts: st.lists(parts, max_size=3).map(tuple) | st.frozensets(parts, max_size=3),
    max_leaves=6,
)
VALUES = st.recursive(
    HASHABLE | st.sets(HASHABLE, max_size=3),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.lists(parts, max_size=3).map(tuple)
        | st.dictionaries(HASHABLE, parts, max_size=3)
        | st.dictionaries(st.text() | st.sampled_from(sorted(TAGS)), parts, max_size=2)
    ),
    max_leaves=12,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(st.sampled_from([*TAGS, "$unknown", "a"]), parts, max_size=2)
    ),
    max_leaves=10,
)


def same(left: Any, right: Any) -> bool:
    """Equal, of equal types all the way down, with a NaN equal to a NaN."""
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return repr(left) == repr(right)
    if isinstance(left, complex):
        return same(left.real, right.real) and same(left.imag, right.imag)
    if isinstance(left, dict):
        return same(list(left.items()), list(right.items()))
    if isinstance(left, set | frozenset):
        left, right = (sorted(each, key=literal) for each in (left, right))
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


@given(VALUES)
@example({"$tuple": [1]})
@example({"$a": 1, "b": -0.0})
@example([2**63, -(2**63), 10**5000, math.nan, -math.inf])
@example({(): {frozenset({1})}, "": complex(math.nan, -0.0)})
def test_a_value_survives_tagged_json(value: Any) -> None:
    assert same(from_tagged(json.loads(json.dumps(to_tagged(value)))), value)


@given(VALUES)
@example([(1,), (), set(), frozenset(), {}, b"\x00", "\ud800", -1e-320])
@example([complex(-0.0, math.inf), math.nan, -math.inf])
def test_a_value_survives_python_source(value: Any) -> None:
    assert same(eval(literal(value)), value)


@given(JSON)
@example({"$complex": [10**400, 0]})
@example({"$set": [[]]})
@example({"$tuple": "ab"})
@example({"$dict": [[1, 2, 3]]})
def test_any_json_is_read_or_refused(data: Any) -> None:
    try:
        value = from_tagged(data)
    except BadInput:
        return
    assert same(from_tagged(to_tagged(value)), value)


@pytest.mark.parametrize("content", ["ab", 5, {"a": 1}, None])
@pytest.mark.parametrize("tag", ["$tuple", "$set", "$frozenset", "$dict", "$complex"])
def test_a_container_tag_wants_a_list(tag: str, content: Any) -> None:
    with pytest.raises(BadInput, match=r"the content of \$"):
        from_tagged({tag: content})


def test_an_unknown_tag_is_named_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r"no value tag '\$tupel'; known: \$tuple"):
        from_tagged({"$tupel": []})


@pytest.mark.parametrize("write", [to_tagged, literal])
def test_what_has_no_form_is_refused(write: Any) -> None:
    with pytest.raises(BadInput, match="a object cannot be written"):
        write([object()])


@pytest.mark.parametrize("convert", [to_tagged, from_tagged])
def test_nesting_without_end_is_refused(convert: Any) -> None:
    deep: list[Any] = []
    for _ in range(MAX_DEPTH + 1):
        deep = [deep]
    with pytest.raises(BadInput, match="nested"):
        convert(deep)


def test_a_value_that_contains_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(BadInput, match="nested"):
        to_tagged(endless)


def test_an_integer_too_long_for_source_is_refused() -> None:
    with pytest.raises(BadInput, match="integer"):
        literal(10**5000)
