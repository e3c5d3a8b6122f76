"""Puts the parts of a template together."""

import re

from tmpl.filters import WANTED
from tmpl.nodes import Choice, Text, Value
from tmpl.scanner import scan

WORD = r"[a-z0-9_]+"
PATH = re.compile(rf"{WORD}(?:\.{WORD})*")
LEX = re.compile(r'\s+|[|:]|"[^"]*"|[a-z0-9_.]+')


def path_of(text):
    if not PATH.fullmatch(text):
        raise ValueError("bad path " + text)
    return text.split(".")


def value_of(text):
    words = LEX.findall(text)
    if "".join(words) != text:
        raise ValueError("bad value " + text)
    words = [word for word in words if word.strip()]
    if not words:
        raise ValueError("empty value")
    filters = []
    path, rest = path_of(words[0]), words[1:]
    while rest:
        if len(rest) < 2 or rest[0] != "|" or rest[1] not in WANTED:
            raise ValueError("bad filter in " + text)
        name, argument = rest[1], None
        rest = rest[2:]
        if rest and rest[0] == ":":
            if len(rest) < 2:
                raise ValueError("no argument in " + text)
            argument = rest[1]
            rest = rest[2:]
            if argument[0] == '"' and argument[-1] == '"':
                argument = argument[1:-1]
            elif re.fullmatch("[0-9]+", argument):
                argument = int(argument)
            else:
                raise ValueError("bad argument in " + text)
        if type(argument) not in WANTED[name]:
            raise ValueError("wrong argument in " + text)
        filters.append((name, argument))
    return Value(path, filters)


def parse(template):
    top = []
    # Each open block: its node, what divides it, and the list that is being filled.
    stack = []
    current = top
    for kind, text in scan(template):
        if kind == "text":
            current.append(Text(text))
            continue
        if kind == "value":
            current.append(value_of(text))
            continue
        words = text.split()
        if words in (["else"], ["empty"]):
            if not stack or stack[-1][1] != words[0]:
                raise ValueError(words[0] + " has no place here")
            stack[-1] = (stack[-1][0], None, stack[-1][2])
            current = stack[-1][0].second
        elif words == ["end"]:
            if not stack:
                raise ValueError("nothing is open")
            current = stack.pop()[2]
        elif len(words) == 2 and words[0] == "if":
            node = Choice(path_of(words[1]), None, [], [])
            current.append(node)
            stack.append((node, "else", current))
            current = node.first
        elif len(words) == 4 and words[0] == "for" and words[2] == "in":
            if not re.fullmatch(WORD, words[1]) or words[1] == "loop":
                raise ValueError("bad name " + words[1])
            node = Choice(path_of(words[3]), words[1], [], [])
            current.append(node)
            stack.append((node, "empty", current))
            current = node.first
        else:
            raise ValueError("unknown tag " + text)
    if stack:
        raise ValueError("not closed")
    return top
