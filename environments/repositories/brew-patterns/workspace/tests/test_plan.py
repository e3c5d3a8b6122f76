import pytest

from solution import explain, plan

RULES = """\
app: main.o util.o
main.o: main.c util.h
util.o: util.c util.h
"""
TIMES = {"main.c": 1, "util.c": 2, "util.h": 3, "main.o": 4, "util.o": 4, "app": 5}


def test_nothing_to_do():
    assert plan(RULES, TIMES, ["app"]) == []


def test_a_newer_file():
    times = {**TIMES, "util.c": 5}
    assert explain(RULES, times, ["app"]) == [
        ("util.o", "newer util.c"),
        ("app", "after util.o"),
    ]


def test_the_same_time_is_not_newer():
    assert plan(RULES, {**TIMES, "util.h": 4}, ["app"]) == []


def test_only_what_the_goals_need():
    assert plan(RULES, {"main.c": 1, "util.h": 1}, ["main.o"]) == ["main.o"]


def test_a_missing_file():
    with pytest.raises(FileNotFoundError):
        plan(RULES, {"main.c": 1}, ["app"])


def test_a_cycle():
    with pytest.raises(ValueError):
        plan("a: b\nb: a", {}, ["a"])
