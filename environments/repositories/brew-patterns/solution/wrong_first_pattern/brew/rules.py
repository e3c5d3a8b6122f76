"""Reads rules."""

import re


class Rule:
    def __init__(self, target, needs, late):
        self.target = target
        self.needs = needs
        self.late = late  # order-only


class Rules:
    """The rules of a file: explicit ones, patterns and phony names."""

    def __init__(self, text):
        self.explicit = {}
        self.patterns = []
        self.phony = []
        for line in text.split("\n"):
            line = line.split("#")[0].strip()
            if line:
                self.read(line)

    def read(self, line):
        if line[0] == "!":
            words = line.split()
            if words[0] != "!phony" or len(words) == 1:
                raise ValueError("unknown directive: " + line)
            self.phony += words[1:]
            return
        if ":" not in line:
            raise ValueError("no colon: " + line)
        target, rest = line.split(":", 1)
        target = target.strip()
        if not target or re.search(r"\s", target):
            raise ValueError("bad target: " + line)
        words = rest.split()
        if words.count("|") > 1:
            raise ValueError("two bars: " + line)
        if len(set(words)) < len(words):
            raise ValueError("named twice: " + line)
        bar = words.index("|") if "|" in words else len(words)
        rule = Rule(target, words[:bar], words[bar + 1 :])
        if "%" in target:
            if target.count("%") > 1:
                raise ValueError("two stems: " + line)
            if any(other.target == target for other in self.patterns):
                raise ValueError("pattern given twice: " + line)
            self.patterns.append(rule)
        elif target in self.explicit:
            raise ValueError("rule given twice: " + line)
        else:
            self.explicit[target] = rule

    def available(self, name, times):
        return name in times or name in self.explicit or name in self.phony

    def find(self, name, times):
        """The rule for a name; None if there is none."""
        if name in self.explicit:
            return self.explicit[name]
        if name in self.phony:
            return None
        best = None
        best_length = None
        for pattern in self.patterns:
            start, end = pattern.target.split("%")
            if len(name) <= len(start) + len(end):
                continue
            if not name.startswith(start) or not name.endswith(end):
                continue
            stem = name[len(start) : len(name) - len(end)]
            needs = [need.replace("%", stem) for need in pattern.needs]
            late = [need.replace("%", stem) for need in pattern.late]
            if not all(self.available(need, times) for need in needs + late):
                continue
            if best is None:
                best = Rule(name, needs, late)
                best_length = len(stem)
        return best
