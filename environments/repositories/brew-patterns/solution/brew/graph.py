"""Puts files in order."""

from brew.rules import Rule, Rulebook


def in_order(
    book: Rulebook, times: dict[str, int], goals: list[str]
) -> list[tuple[str, Rule | None]]:
    """Return the goals and all that they need, each file behind what it needs, with its rule."""
    order: list[tuple[str, Rule | None]] = []
    done: set[str] = set()
    open_: set[str] = set()

    def visit(name: str) -> None:
        if name in open_:
            raise ValueError(f"{name!r} needs itself")
        if name in done:
            return
        rule = book.rule_for(name, times)
        if rule is None and name not in times:
            raise FileNotFoundError(name)
        open_.add(name)
        for need in rule.all_needs if rule else ():
            visit(need)
        open_.remove(name)
        done.add(name)
        order.append((name, rule))

    for goal in goals:
        visit(goal)
    return order
