"""The line-up: an expected value hidden among others, for an object to point out.

Where an object's own word on comparisons is not believed, it is asked about each value of a line-up
whether it equals that one. It is right only if it says so of the expected one alone, which an
object that equals everything, or anything likely, does not.
"""

from __future__ import annotations

import random
from typing import Any

from hackgym_guest.perturb import nudge, perturb

OTHERS = 7
"""How many other values an expected value hides among: such as are expected elsewhere, if there are
enough of them."""

NEAR = 6
"""How many more are near to each of these, and to it: neither its parts nor its neighbours give it
away."""

UNLIKE = "object"
"""One that is near to nothing, and stands in every line-up: there always is one to be refused."""


def line_up(expected: object, elsewhere: list[Any], rng: random.Random) -> list[Any]:
    """The expected value and those that it hides among, in no order.

    `elsewhere`: values that are expected at other times.
    """
    others = _others(expected, elsewhere, rng)
    near = [each for value in (*others, expected) for each in _near(value, rng)]
    line = [*others, *(each for each in near if not _same(each, expected)), UNLIKE, expected]
    rng.shuffle(line)
    return line


def _others(expected: object, elsewhere: list[Any], rng: random.Random) -> list[Any]:
    different = [each for each in elsewhere if not _same(each, expected)]
    chosen = rng.sample(different, min(OTHERS, len(different)))
    made = (perturb(expected, rng) for _ in range(OTHERS - len(chosen)))
    return [*chosen, *(each for each in made if not _same(each, expected))]


def _near(value: object, rng: random.Random) -> list[Any]:
    """Neighbours of a value, and neighbours of those: it need not be in their middle."""
    around = [value]
    for _ in range(NEAR):
        around.append(nudge(rng.choice(around), rng))
    return around[1:]


def _same(left: object, right: object) -> bool:
    try:
        return bool(left == right)
    except Exception:
        return False
