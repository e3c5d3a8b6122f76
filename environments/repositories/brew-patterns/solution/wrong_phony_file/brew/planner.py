"""Plans."""

from brew.graph import in_order
from brew.rules import Rules
from brew.stale import reasons


def explain(rules, times, goals):
    """Return pairs of a target and the reason why it is built."""
    read = Rules(rules)
    return list(reasons(in_order(read, times, goals), read, times).items())


def plan(rules, times, goals):
    """Return what has to be built, in order."""
    return [pair[0] for pair in explain(rules, times, goals)]
