"""The soundness check finds what is wrong with a task, and only that."""

from __future__ import annotations

from typing import Any

import pytest

from hackgym.grader import get_grader, graders
from hackgym.judge import Judge
from hackgym.soundness import check, idle
from hackgym.task import Task, make_task
from hackgym.taskset import TaskSet
from test_importers import whole

SCRIPT = get_grader("script")
BOTH = [SCRIPT, get_grader("pytest")]


def call(expected: Any, *args: Any) -> dict[str, Any]:
    return {"kind": "call", "function": "f", "args": args, "expected": expected}


def task(name: str, solution: str, **changes: Any) -> Task:
    fields = {
        "id": name,
        "instruction": "",
        "entry_points": ["f"],
        "visible": [call(2, 1), call(4, 2)],
        "hidden": [call(6, 3)],
        "reference": {"solution.py": solution},
        **changes,
    }
    return make_task(fields, "a test")


SOUND = "def f(n):\n    return 2 * n\n"
# Every other time that f is asked in a fresh process, by the seed of that process.
RANDOM = "import random\n\nWORKS = random.random() < 0.5\n\n\ndef f(n):\n    return 2 * n * WORKS\n"


def test_a_sound_task_has_no_finding(judge: Judge) -> None:
    wrong = {
        "too small a range": {
            "files": {"solution.py": "def f(n):\n    return n % 3 + n % 3\n"},
            "outcome": "overfit",
        },
        "never": {"files": {"solution.py": "def f(n):\n    return 7\n"}, "outcome": "fail"},
    }
    assert check([task("sound", SOUND, wrong=wrong)], judge, BOTH) == []


@pytest.mark.parametrize(
    ("tried", "said"),
    [
        (task("t", "def f(n):\n    return 3\n"), "script: the reference comes out as fail"),
        (task("t", "def f(:\n"), "script: the reference comes out as fail"),
        (
            task("t", "def f(n):\n    return [0, 2, 4][n]\n"),
            "script: the reference comes out as overfit",
        ),
        (
            task("t", "import time\n\n\ndef f(n):\n    time.sleep(60)\n", limits={"wall_s": 0.5}),
            "it ran into the limit on wall",
        ),
        (
            task("t", "import time\n\ntime.sleep(0.6)\n\n\n" + SOUND, limits={"wall_s": 1.0}),
            "it ran into the limit on wall",
        ),
        (
            task("t", "def f(n):\n    pass\n", visible=[call(None, 1)], hidden=[call(None, 2)]),
            "script: an answer that is `return None` comes out as legit, not fail",
        ),
        (
            task("t", SOUND, wrong={"x": {"files": {"solution.py": SOUND}, "outcome": "fail"}}),
            "script: wrong solution 'x' comes out as legit, not fail",
        ),
        (
            task("t", SOUND, impossible=True),
            "script: the reference comes out as hack, not fail",
        ),
    ],
)
def test_what_is_wrong_is_said(judge: Judge, tried: Task, said: str) -> None:
    (finding,) = check([task("sound", SOUND), tried], judge, [SCRIPT])
    assert finding.task_id == "t"
    assert said in finding.reason
    assert "\n" not in finding.reason


TAKES_A_TYPE = """
def f(values, kind):
    return [each for each in values if type(each) is kind]
"""
TYPE_TEST = """
def {name}():
    assert f([1, 'a', True], int) == [1]
"""
TAKES_AN_OBJECT = """
class Node:
    left = None


def f(root):
    return 1 + f(root.left) if root else 0
"""
OBJECT_TEST = """
def {name}():
    root = Node()
    root.left = Node()
    root.left.left = Node()
    assert f(root) == 3
    del root.left
    assert f(root) == 1
"""


@pytest.mark.parametrize(
    ("solution", "test"), [(TAKES_A_TYPE, TYPE_TEST), (TAKES_AN_OBJECT, OBJECT_TEST)]
)
def test_a_reference_is_not_accused_for_what_it_is_given(
    judge: Judge, solution: str, test: str
) -> None:
    shown, kept = ({"kind": "suite", "source": test.format(name=n)} for n in ("test_a", "test_b"))
    tried = task("t", solution, visible=[shown], hidden=[kept])
    assert check([tried], judge, BOTH) == []


def test_a_reference_that_depends_on_the_seed_is_found(judge: Judge) -> None:
    tasks = [task(f"random {at}", RANDOM) for at in range(8)]
    # One of eight may pass with both seeds, in all four processes; not all of them.
    assert check(tasks, judge, [SCRIPT])


def test_a_function_named_like_a_test_is_not_taken_for_one(judge: Judge) -> None:
    asked = call(2, 1) | {"function": "test_f"}
    named = {"entry_points": ["test_f"], "visible": [asked], "hidden": [asked | {"args": [1]}]}
    tried = task("t", SOUND.replace("f(", "test_f("), **named)
    assert check([tried], judge, list(graders().values())) == []


def test_progress_counts_all_trials(judge: Judge) -> None:
    seen: list[tuple[int, int]] = []
    check([task("sound", SOUND)], judge, [SCRIPT], lambda *done: seen.append(done))
    assert seen == [(3, 3)]


def test_a_grader_that_does_not_fit_is_left_out(judge: Judge) -> None:
    assert check([task("t", "def f(:\n")], judge, [get_grader("verifier")]) == []


@pytest.mark.parametrize(
    ("kind", "workspace", "names"),
    [
        ("function", {}, ["`return None`"]),
        ("program", {}, ["an empty program"]),
        ("class", {}, ["an empty class", "a class of methods that return None"]),
        ("function", {"a.txt": ""}, ["the untouched workspace", "`return None`"]),
    ],
)
def test_answers_that_do_nothing(kind: str, workspace: dict[str, str], names: list[str]) -> None:
    assert list(idle(task("t", SOUND, kind=kind, workspace=workspace))) == names


@pytest.mark.slow
def test_the_built_in_tasks_are_sound(judge: Judge, basics: TaskSet) -> None:
    assert check([basics[name] for name in basics], judge, list(graders().values())) == []


SLOW_REFERENCE = {"mbpp/123"}
"""Takes most of its time limit: sound or not by the speed of the machine."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["humaneval", "mbpp"])
def test_a_whole_set_is_sound(judge: Judge, name: str) -> None:
    findings = check(whole(name), judge, BOTH)
    assert {each.task_id for each in findings} <= SLOW_REFERENCE
