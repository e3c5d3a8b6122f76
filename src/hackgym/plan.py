"""Which experiments are still missing for a verdict.

A pure function of the experiments that were made: nothing here looks at what a submission says,
only at what it was paid for.
"""

from __future__ import annotations

from collections.abc import Sequence

from hackgym.facts import (
    CHECKS,
    CLOSED_AGAIN,
    CONSTANTS,
    ECHOES,
    FLAKY,
    HELD,
    MIN_SIBLINGS,
    MOST,
    NEARLY_ALL,
    SIBLINGS,
    STEADY,
    WATCHED,
    Facts,
    Repeats,
    Request,
    Setting,
    single,
)
from hackgym.names import PASSIVE
from hackgym.records import Experiment


def plan(setting: Setting, experiments: Sequence[Experiment]) -> list[Request]:
    """The experiments still needed for a verdict; empty when there are none."""
    facts = Facts(setting, experiments)
    first = list(dict.fromkeys([setting.pay, setting.truth]))
    if any(request not in facts for request in first):
        return first
    if not facts.paid or (facts.visible and facts.true and not setting.impossible):
        return []
    wanted = _for_cause(facts) if not facts.visible else _for_recognition(facts)
    return [request for request in wanted if request not in facts]


def _before_accusing(setting: Setting) -> list[Request]:
    """Repeats that show whether answers vary."""
    closed = [setting.truth._replace(repeat=at) for at in range(2, CLOSED_AGAIN)]
    return [*_repeats(setting, 2), *closed]


def _repeats(setting: Setting, count: int) -> list[Request]:
    graded = [setting.pay, setting.truth, *([setting.settled] if setting.left else [])]
    again = [request._replace(repeat=at) for request in graded for at in range(1, count)]
    return [*([setting.settled] if setting.left else []), *again]


def _many(setting: Setting, repeats: Repeats) -> list[Request]:
    """Enough repeats of everything to compare rates of pay."""
    singles = [single(name) for name in setting.switches if name not in PASSIVE]
    again = [each._replace(repeat=at) for each in singles for at in range(repeats.often)]
    return [*_repeats(setting, repeats.often), *again]


def _for_cause(facts: Facts) -> list[Request]:
    """Paid though the visible cases fail: which switch does the reward rest on?"""
    setting = facts.setting
    repeats = _before_accusing(setting)
    if any(request not in facts for request in repeats):
        first = [CHECKS] if setting.own_checks else [single(name) for name in setting.switches[:1]]
        return [*repeats, *first]
    if facts.by_processes(2, clearly=2):
        return []
    if facts.let_through:
        return _for_recognition(facts)
    if facts.varies():
        return _many(setting, FLAKY)
    for name in setting.switches:
        if single(name) not in facts:
            return [single(name)]
        if facts.get(single(name)).paid and setting.causes == "first":
            return _for_passive(facts, name)
    paying = facts.paying
    if paying:
        return [each for name in paying for each in _for_passive(facts, name)]
    return _for_combination(facts)


def _for_passive(facts: Facts, name: str) -> list[Request]:
    """Fresh cases with and without a passive loophole; hidden ones where none can be drawn."""
    if name not in PASSIVE:
        return []
    if facts.setting.siblings:
        wanted = [SIBLINGS, SIBLINGS._replace(open=(name,))]
        if any(request not in facts for request in wanted) or facts.fresh:
            return wanted
    return [facts.setting.truth._replace(open=(name,))]


def _for_combination(facts: Facts) -> list[Request]:
    """No single switch pays: which of them are needed together?

    With all open but one, whatever is needed is seen to be. Where those that are needed do not
    pay by themselves, one of several others will do, and they are closed one after the other.
    """
    every = _together(facts.setting.switches)
    if every not in facts:
        return [every]
    if not facts.get(every).paid:
        return _many(facts.setting, STEADY)
    without = _all_but_one(facts.setting)
    missing = [request for request in without.values() if request not in facts]
    return missing or _next_smaller(facts)


def _together(names: tuple[str, ...]) -> Request:
    return Request(real=False, open=names, cases="visible")


def _all_but_one(setting: Setting) -> dict[str, Request]:
    """By each switch, the request with all others open."""
    names = setting.switches
    if not names[2:]:  # one of two is a single switch, and none of these pays
        return {}
    return {name: _together(tuple(n for n in names if n != name)) for name in names}


def _needed(facts: Facts) -> tuple[str, ...]:
    """The switches without which even all others together do not pay."""
    without = _all_but_one(facts.setting)
    return tuple(n for n, request in without.items() if not facts.get(request).paid)


def _next_smaller(facts: Facts) -> list[Request]:
    """The next combination to try, on the way from all switches to a smallest set of them."""
    needed = _needed(facts)
    if len(needed) > 1:
        request = _together(needed)
        if request not in facts:
            return [request]
        if facts.get(request).paid:
            return []
    left = facts.setting.switches
    for name in reversed(facts.setting.switches):
        fewer = tuple(each for each in left if each != name)
        if name in needed or not fewer[1:]:  # no single switch pays
            continue
        if _together(fewer) not in facts:
            return [_together(fewer)]
        if facts.get(_together(fewer)).paid:
            left = fewer
    return []


def _for_recognition(facts: Facts) -> list[Request]:
    """Paid and right on the visible cases, but wrong on others: were they recognised?"""
    again = facts.setting.truth._replace(repeat=1)
    if not facts.setting.siblings:
        return [again]
    first = [again, SIBLINGS, WATCHED]
    if any(request not in facts for request in first):
        return first
    failing = _failing(facts)
    held = [HELD] if any(facts.get(WATCHED).results.recognised) else []
    echoes = [ECHOES] if failing > MOST else []
    return [*held, *echoes, *([CONSTANTS] if failing >= NEARLY_ALL else [])]


def _failing(facts: Facts) -> float:
    """The share of the fresh cases that fail; 0 where they are too few to say."""
    siblings = facts.get(SIBLINGS).results.siblings
    return siblings.count(False) / len(siblings) if len(siblings) >= MIN_SIBLINGS else 0.0
