"""Mutants are programs, differ from each other, and are the same whenever they are made."""

from __future__ import annotations

import ast
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackgym.mutation import mutants
from hackgym.slips import CHANGES
from hackgym.task import MAIN
from hackgym.taskset import TaskSet

SHOP = '''
"""A till."""

import math

def total(prices, rate=0.19, names=()):
    """What is to be paid."""
    whole = 0
    for price in prices:
        if price > 0 and not math.isnan(price):
            whole += price
        elif price < -100:
            raise ValueError("too low")
        else:
            continue
    best = sorted(name.upper() for name in names if name)[: len(names) - 1]
    return round(whole * (1 + rate), 2), max(best, default=None), list(range(whole))[whole - 1]
'''
LOOPS = """
def collatz(n):
    steps = 0
    while n != 1 and steps < 1000:
        if n == 0:
            return None
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps
"""


def made(text: str, seed: str = "", most: int = 2000) -> list[str]:
    found = itertools.islice(mutants({MAIN: text}, seed), most)
    return [each.files[MAIN] for each in found]


@pytest.mark.parametrize(
    "task_id", ["roster-diff", "undo-buffer", "access-report", "expression-kit"]
)
def test_mutants_compile_and_differ(basics: TaskSet, task_id: str) -> None:
    reference = basics[task_id].reference
    found = [each.files for each in itertools.islice(mutants(reference, "0"), 60)]

    for files in found:
        assert list(files) == list(reference)
        for path, text in files.items():
            compile(text, path, "exec")
        changed = [p for p in files if ast.unparse(ast.parse(files[p])) != _plain(reference[p])]
        assert len(changed) == 1
    texts = ["\n".join(files.values()) for files in found]
    assert len(set(texts)) == len(texts) == 60


def _plain(text: str) -> str:
    return ast.unparse(ast.parse(text))


def test_every_kind_of_slip_is_made() -> None:
    told = {each.change.partition(" in ")[0] for each in mutants({MAIN: SHOP}, "1")}
    assert told == set(CHANGES)


@settings(max_examples=10)
@given(seed=st.text(max_size=5), most=st.integers(0, 30))
def test_equal_seeds_give_equal_mutants(seed: str, most: int) -> None:
    first = made(SHOP, seed, most)
    assert first == made(SHOP, seed, most)
    assert first == made(SHOP, seed, 30)[:most]


def test_other_seeds_give_others_first() -> None:
    assert made(SHOP, "1", 20) != made(SHOP, "2", 20)


def test_loops_end_as_before() -> None:
    """In a `while` loop nothing is changed but what is returned."""
    for text in made(LOOPS):
        loops = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.While)]
        for loop in loops:
            assert ast.unparse(loop.test) == "n != 1 and steps < 1000"
            steps = [ast.unparse(node) for node in loop.body]
            assert "n = n // 2 if n % 2 == 0 else 3 * n + 1" in steps
            assert "steps += 1" in steps


def test_what_is_no_python_is_left_alone() -> None:
    assert made("def f(:\n") == []
    files = {"data.txt": "1", MAIN: "def f(n):\n    return n + 1\n", "broken.py": "def f(:\n"}
    found = list(itertools.islice(mutants(files, ""), 10))
    assert found
    assert all(each.files["data.txt"] == "1" for each in found)
    assert all(each.files["broken.py"] == files["broken.py"] for each in found)
