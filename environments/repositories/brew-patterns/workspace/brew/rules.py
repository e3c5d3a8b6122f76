"""Reads rules."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A target and the files that it needs."""

    target: str
    needs: tuple[str, ...]


def read_rule(line: str) -> Rule:
    """Read one line, or raise ValueError."""
    before, colon, behind = line.partition(":")
    target = before.strip()
    if not colon or len(target.split()) != 1:
        raise ValueError(f"not a rule: {line!r}")
    needs = tuple(behind.split())
    if len(set(needs)) != len(needs):
        raise ValueError(f"a need is named twice: {line!r}")
    return Rule(target, needs)


def read_rules(text: str) -> dict[str, Rule]:
    """Return the rules of a text by their targets."""
    rules: dict[str, Rule] = {}
    for line in text.split("\n"):
        said = line.partition("#")[0]
        if not said.strip():
            continue
        rule = read_rule(said)
        if rule.target in rules:
            raise ValueError(f"two rules for {rule.target!r}")
        rules[rule.target] = rule
    return rules
