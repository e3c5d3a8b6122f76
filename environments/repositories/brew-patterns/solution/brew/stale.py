"""Says what is to be built, and why."""

from brew.rules import Rule


def reason(rule: Rule, times: dict[str, int], built: dict[str, str]) -> str | None:
    """Return why the rule's target is built, or None if it is not.

    `built` has those that are built, of all files that it needs.
    """
    if rule.target not in times:
        return "missing"
    for need in rule.needs:
        if need in built:
            return f"after {need}"
        if times[need] > times[rule.target]:
            return f"newer {need}"
    return None


def stale(
    order: list[tuple[str, Rule | None]], phony: set[str], times: dict[str, int]
) -> dict[str, str]:
    """Return the targets that are built, in their order, with the reason for each."""
    built: dict[str, str] = {}
    for name, rule in order:
        why = "phony" if name in phony else rule and reason(rule, times, built)
        if why is not None:
            built[name] = why
    return built
