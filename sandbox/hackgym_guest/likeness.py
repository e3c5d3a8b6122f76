"""How far two values are alike: in what they say, or at least in type."""

from __future__ import annotations

import json
import math
from typing import Any

from hackgym_guest.exceptions import Withheld
from hackgym_guest.remote import Remote
from hackgym_guest.wire import Unsendable, encode


def is_plain(value: Any) -> bool:
    """Whether a value has a plain form throughout, so that it can cross as it is."""
    try:
        encode(value)
    except Unsendable:
        return False
    return True


def fingerprint(value: Any) -> str:
    """A text that is the same for values that say the same; empty for what is too large.

    Objects without a plain form are all the same in it.
    """
    try:
        nodes, _ = encode(value, lambda _: 0)
    except Unsendable:
        return ""
    return json.dumps(nodes)


def alike(value: Any, wanted: Any) -> bool:
    """Whether an answer is the one that is wanted, or at least of the same type throughout."""
    try:
        if value is wanted or bool(value == wanted):
            return True
    except Withheld:
        raise
    except Exception:
        return False
    numbers = (int, float)
    if isinstance(value, bool) != isinstance(wanted, bool):
        return False
    if isinstance(value, numbers) and isinstance(wanted, numbers):
        return math.isnan(value) == math.isnan(wanted)
    if isinstance(value, Remote) or not isinstance(value, type(wanted)):
        return False
    if isinstance(value, list | tuple) and len(value) == len(wanted):
        return all(map(alike, value, wanted))
    if isinstance(value, dict):
        return all(alike(each, wanted[key]) for key, each in value.items() if key in wanted)
    return True
