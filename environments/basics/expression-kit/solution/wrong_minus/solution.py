"""Evaluates arithmetic expressions."""

from parsing import parse


def value(tree, variables):
    kind = tree[0]
    if kind == "number":
        return tree[1]
    if kind == "name":
        if tree[1] not in variables:
            raise NameError(tree[1])
        return variables[tree[1]]
    if kind == "minus":
        return -value(tree[1], variables)
    if kind == "call":
        arguments = [value(argument, variables) for argument in tree[2]]
        if tree[1] == "abs":
            return abs(arguments[0])
        return min(arguments) if tree[1] == "min" else max(arguments)
    _, sign, left, right = tree
    a = value(left, variables)
    b = value(right, variables)
    if sign == "+":
        return a + b
    if sign == "-":
        return a - b
    if sign == "*":
        return a * b
    if sign == "/":
        return a // b
    if sign == "%":
        return a % b
    if b < 0 or b > 64:
        raise ValueError("exponent out of range")
    return a**b


def evaluate(text, variables=None):
    """Return the value of the expression."""
    return value(parse(text), variables or {})


def collect(tree):
    if tree[0] == "name":
        return {tree[1]}
    if tree[0] == "number":
        return set()
    if tree[0] == "minus":
        return collect(tree[1])
    if tree[0] == "call":
        return set().union(*map(collect, tree[2]))
    return collect(tree[2]) | collect(tree[3])


def names(text):
    """Return the set of the names of all variables in the expression."""
    return collect(parse(text))
