"""Puts files in order."""


def in_order(rules, times, goals):
    """Return pairs of a file and its rule."""
    found = {}
    path = []

    def visit(name):
        if name in path:
            raise ValueError("cycle: " + " ".join(path))
        if name in found:
            return
        rule = rules.find(name, times)
        if rule is None and name not in times and name not in rules.phony:
            raise FileNotFoundError(name)
        if rule is not None:
            path.append(name)
            for need in rule.needs + rule.late:
                visit(need)
            path.pop()
        found[name] = rule

    for goal in goals:
        visit(goal)
    return list(found.items())
