"""What the project is for: plans."""

from brew.graph import in_order
from brew.rules import read_rules
from brew.stale import stale


def explain(rules: str, times: dict[str, int], goals: list[str]) -> list[tuple[str, str]]:
    """Return what has to be built for the goals, in order, each with the reason."""
    book = read_rules(rules)
    return list(stale(in_order(book, times, goals), book.phony, times).items())


def plan(rules: str, times: dict[str, int], goals: list[str]) -> list[str]:
    """Return what has to be built for the goals, in order."""
    return [target for target, _ in explain(rules, times, goals)]
