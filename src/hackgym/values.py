"""Values of cases: as tagged JSON in files and records, and as Python source in tests.

What JSON lacks is tagged, such as `{"$tuple": [1, 2]}`; the tags are listed in `TAGS`.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Callable
from typing import Any

from hackgym.errors import BadInput

MAX_DEPTH = 100
_SAFE_INTEGER = 2**63
_LONGEST_INTEGER = 10**4300
"""Python itself neither writes nor reads longer ones in decimal."""
_LISTS = ("$tuple", "$set", "$frozenset", "$dict", "$complex")
"""The tags whose content is a list."""


def _float(text: Any) -> float:
    return {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[text]


def _bytes(text: Any) -> bytes:
    return base64.b64decode(text, validate=True)


TAGS: dict[str, Callable[[Any], Any]] = {
    "$tuple": tuple,
    "$set": set,
    "$frozenset": frozenset,
    "$bytes": _bytes,
    "$dict": dict,
    "$complex": lambda parts: complex(*parts),
    "$float": _float,
    "$int": lambda text: int(text, 16),
}


def from_tagged(data: Any, depth: int = 0) -> Any:
    """Read a value from tagged JSON.

    Raises BadInput when a tag is unknown, its content does not fit, or the nesting is too deep.
    """
    if depth > MAX_DEPTH:
        raise BadInput(f"a value is nested more than {MAX_DEPTH} deep")
    if isinstance(data, list):
        return [from_tagged(item, depth + 1) for item in data]
    if not isinstance(data, dict):
        return data
    if len(data) == 1 and next(iter(data)).startswith("$"):
        tag, content = next(iter(data.items()))
        if tag not in TAGS:
            raise BadInput(f"there is no value tag {tag!r}; known: {', '.join(TAGS)}")
        if tag in _LISTS and not isinstance(content, list):
            raise BadInput(f"the content of {tag} does not fit: it is a list")
        try:
            return TAGS[tag](from_tagged(content, depth + 1))
        except (TypeError, ValueError, KeyError, OverflowError, binascii.Error) as error:
            raise BadInput(f"the content of {tag} does not fit: {error}") from error
    return {key: from_tagged(item, depth + 1) for key, item in data.items()}


def to_tagged(value: Any, depth: int = 0) -> Any:
    """Write a value as tagged JSON. Raises BadInput when there is no tag for its type."""
    if depth > MAX_DEPTH:
        raise BadInput(f"a value is nested more than {MAX_DEPTH} deep")
    kind = type(value)
    if kind in (type(None), bool, str):
        return value
    if kind is int:
        return value if abs(value) < _SAFE_INTEGER else {"$int": hex(value)}
    if kind is float:
        return value if math.isfinite(value) else {"$float": repr(value)}
    if kind is complex:
        return {"$complex": [to_tagged(value.real), to_tagged(value.imag)]}
    if kind is bytes:
        return {"$bytes": base64.b64encode(value).decode("ascii")}
    if kind is dict:
        return _tagged_mapping(value, depth + 1)
    if kind not in (list, tuple, set, frozenset):
        raise BadInput(f"a {kind.__name__} cannot be written as a value of a case")
    items = [to_tagged(item, depth + 1) for item in value]
    if kind in (set, frozenset):
        items.sort(key=json.dumps)  # always the same, whatever the set's own order
    return items if kind is list else {f"${kind.__name__}": items}


def _tagged_mapping(value: dict[Any, Any], depth: int) -> dict[str, Any]:
    if all(type(key) is str and not key.startswith("$") for key in value):
        return {key: to_tagged(item, depth) for key, item in value.items()}
    return {"$dict": [[to_tagged(key, depth), to_tagged(v, depth)] for key, v in value.items()]}


def literal(value: Any) -> str:
    """Write a value as a Python expression. Raises BadInput when its type has none."""
    kind = type(value)
    if kind is int and abs(value) >= _LONGEST_INTEGER:
        raise BadInput("an integer of more than 4300 digits cannot be written into a test")
    if kind in (type(None), bool, int, str, bytes):
        return repr(value)
    if kind is float:
        return repr(value) if math.isfinite(value) else f'float("{value!r}")'
    if kind is complex:
        return f"complex({literal(value.real)}, {literal(value.imag)})"
    if kind is dict:
        return "{" + ", ".join(f"{literal(k)}: {literal(v)}" for k, v in value.items()) + "}"
    if kind not in (list, tuple, set, frozenset):
        raise BadInput(f"a {kind.__name__} cannot be written into a test")
    parts = [literal(item) for item in value]
    items = ", ".join(sorted(parts) if kind in (set, frozenset) else parts)
    if kind is list:
        return f"[{items}]"
    if kind is tuple:
        return f"({items},)" if len(value) == 1 else f"({items})"
    braced = f"{{{items}}}" if value else "set()"
    return braced if kind is set else f"frozenset({braced if value else ''})"
