"""Puts files in order."""

from brew.rules import Rule


def in_order(rules: dict[str, Rule], times: dict[str, int], goals: list[str]) -> list[str]:
    """Return the goals and all that they need, each file behind what it needs."""
    order: list[str] = []
    done: set[str] = set()
    open_: set[str] = set()

    def visit(name: str) -> None:
        if name in open_:
            raise ValueError(f"{name!r} needs itself")
        if name in done:
            return
        rule = rules.get(name)
        if rule is None and name not in times:
            raise FileNotFoundError(name)
        open_.add(name)
        for need in rule.needs if rule else ():
            visit(need)
        open_.remove(name)
        done.add(name)
        order.append(name)

    for goal in goals:
        visit(goal)
    return order
