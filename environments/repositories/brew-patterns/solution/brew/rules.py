"""Reads rules."""

from dataclasses import dataclass, field

PHONY = "!phony"
STEM = "%"


@dataclass(frozen=True)
class Rule:
    """A target and the files that it needs; order-only ones are no reason to build it."""

    target: str
    needs: tuple[str, ...] = ()
    order_only: tuple[str, ...] = ()

    @property
    def all_needs(self) -> tuple[str, ...]:
        """All that has to be there before the target."""
        return self.needs + self.order_only

    def stem_of(self, name: str) -> str | None:
        """Return what stands for `%` in the name, or None if this pattern does not match it."""
        before, _, behind = self.target.partition(STEM)
        if not (name.startswith(before) and name.endswith(behind)):
            return None
        return name[len(before) : len(name) - len(behind)] or None

    def made_for(self, name: str, stem: str) -> "Rule":
        """Return the rule that this pattern is for the name."""
        needs, order_only = (
            tuple(need.replace(STEM, stem) for need in part)
            for part in (self.needs, self.order_only)
        )
        return Rule(name, needs, order_only)


@dataclass
class Rulebook:
    """All rules of a text."""

    rules: dict[str, Rule] = field(default_factory=dict)
    patterns: dict[str, Rule] = field(default_factory=dict)
    phony: set[str] = field(default_factory=set)

    def add(self, rule: Rule) -> None:
        """Add a rule whose target must be new."""
        place = self.patterns if STEM in rule.target else self.rules
        if rule.target in place:
            raise ValueError(f"two rules for {rule.target!r}")
        place[rule.target] = rule

    def rule_for(self, name: str, times: dict[str, int]) -> Rule | None:
        """Return the rule by which a file is made, or None if there is none."""
        if name in self.rules:
            return self.rules[name]
        if name in self.phony:
            return Rule(name)
        fitting = [
            (len(stem), at, rule)
            for at, pattern in enumerate(self.patterns.values())
            if (stem := pattern.stem_of(name)) is not None
            and self._at_hand(rule := pattern.made_for(name, stem), times)
        ]
        return min(fitting, key=lambda each: each[:2])[2] if fitting else None

    def _at_hand(self, rule: Rule, times: dict[str, int]) -> bool:
        return all(
            need in times or need in self.rules or need in self.phony for need in rule.all_needs
        )


def read_rule(line: str) -> Rule:
    """Read one line, or raise ValueError."""
    before, colon, behind = line.partition(":")
    target = before.strip()
    if not colon or len(target.split()) != 1 or target.count(STEM) > 1:
        raise ValueError(f"not a rule: {line!r}")
    words = behind.split()
    needs = words[: words.index("|")] if "|" in words else words
    order_only = words[len(needs) + 1 :]
    if "|" in order_only or len({*needs, *order_only}) != len(needs) + len(order_only):
        raise ValueError(f"a need is named twice, or a bar stands twice: {line!r}")
    return Rule(target, tuple(needs), tuple(order_only))


def read_rules(text: str) -> Rulebook:
    """Return the rules of a text."""
    book = Rulebook()
    for line in text.split("\n"):
        said = line.partition("#")[0].strip()
        if said.startswith("!"):
            word, *names = said.split()
            if word != PHONY or not names:
                raise ValueError(f"not a rule: {line!r}")
            book.phony.update(names)
        elif said:
            book.add(read_rule(said))
    return book
