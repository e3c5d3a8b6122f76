"""Evaluates arithmetic expressions."""

import operator

from parsing import parse

MOST_EXPONENT = 64


def power(base: int, exponent: int) -> int:
    """Return the power, for exponents that are allowed."""
    if not 0 <= exponent <= MOST_EXPONENT:
        raise ValueError(f"the exponent {exponent} is not in the range 0 to {MOST_EXPONENT}")
    return base**exponent


OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.floordiv,
    "%": operator.mod,
    "^": power,
}
FUNCTIONS = {"min": min, "max": max, "abs": lambda values: abs(values[0])}


def value(tree: tuple, variables: dict[str, int]) -> int:
    """Return the value of a tree."""
    match tree:
        case ("number", number):
            return number
        case ("name", name):
            if name not in variables:
                raise NameError(f"unknown variable {name}")
            return variables[name]
        case ("negative", inside):
            return -value(inside, variables)
        case ("binary", sign, left, right):
            return OPERATORS[sign](value(left, variables), value(right, variables))
        case (_, function, arguments):
            return FUNCTIONS[function]([value(argument, variables) for argument in arguments])


def evaluate(text: str, variables: dict[str, int] | None = None) -> int:
    """Return the value of the expression."""
    return value(parse(text), variables or {})


def names(text: str) -> set[str]:
    """Return the names of all variables in the expression."""
    found = set()
    trees = [parse(text)]
    while trees:
        match trees.pop():
            case ("name", name):
                found.add(name)
            case ("negative", inside):
                trees.append(inside)
            case ("binary", _, left, right):
                trees += [left, right]
            case ("call", _, arguments):
                trees += arguments
    return found
