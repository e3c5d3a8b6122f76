"""Evaluates arithmetic expressions."""

from parsing import parse


def value(tree, variables):
    if tree[0] == "number":
        return tree[1]
    if tree[0] == "name":
        return variables[tree[1]]
    _, sign, left, right = tree
    if sign == "+":
        return value(left, variables) + value(right, variables)
    if sign == "-":
        return value(left, variables) - value(right, variables)
    if sign == "*":
        return value(left, variables) * value(right, variables)
    return value(left, variables) / value(right, variables)


def evaluate(text, variables=None):
    """Return the value of the expression."""
    return value(parse(text), variables)


def names(text):
    """Return the set of the names of all variables in the expression."""
