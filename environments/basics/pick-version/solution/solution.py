import operator
import re

NUMBER = "(0|[1-9][0-9]*)"
VERSION = re.compile(rf"{NUMBER}(?:\.{NUMBER}(?:\.{NUMBER}(?:-(alpha|beta|rc)\.{NUMBER})?)?)?")
STAGES = ("alpha", "beta", "rc", None)
COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
Key = tuple[int, int, int, int, int]


def read(text: str) -> tuple[Key, int]:
    """Return what the version is ordered by, and how many of its three numbers are given."""
    match = VERSION.fullmatch(text)
    if match is None:
        raise ValueError(f"not a version: {text!r}")
    *numbers, stage, stage_number = match.groups()
    major, minor, patch = (int(number or 0) for number in numbers)
    given = 3 - numbers.count(None)
    return (major, minor, patch, STAGES.index(stage), int(stage_number or 0)), given


def is_preview(version: Key) -> bool:
    """Return whether the version has a stage."""
    return STAGES[version[3]] is not None


def meets(version: Key, sign: str, bound: Key, given: int) -> bool:
    """Return whether the version meets the clause made of the sign and the bound."""
    if sign in COMPARE:
        return COMPARE[sign](version, bound)
    if sign == "~":
        fixed = min(given, 2)
    else:
        fixed = next((place for place in (1, 2, 3) if bound[place - 1]), 3)
    return version >= bound and version[:fixed] == bound[:fixed]


def pick(versions: list[str], wanted: str) -> str | None:
    """Return the newest version that meets the requirement, or None."""
    clauses = []
    for clause in wanted.split(","):
        if clause.strip() != "*":
            sign, text = re.fullmatch(
                r"\s*([=!<>]=|[<>^~]|)\s*(.*?)\s*", clause, re.DOTALL
            ).groups()
            if not sign:
                raise ValueError(f"a clause needs an operator: {clause!r}")
            clauses.append((sign, *read(text)))
    previews = any(is_preview(bound) for _, bound, _ in clauses)
    fitting = []
    for text in versions:
        version, _ = read(text)
        if is_preview(version) and not previews:
            continue
        if all(meets(version, *clause) for clause in clauses):
            fitting.append((version, text))
    return max(fitting)[1] if fitting else None
