"""Tasks that are made from a number."""

from __future__ import annotations

import subprocess
import sys

import gymnasium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackgym.environments import load_tasks
from hackgym.errors import BadInput, UnknownName
from hackgym.grader import get_grader, graders
from hackgym.judge import Entry, Judge
from hackgym.procedural import LEVELS, ProceduralSet, task
from hackgym.soundness import check
from hackgym.submission import Submission
from hackgym.task import MAIN

numbers = st.integers(0, 10**17)


@settings(max_examples=20)
@given(st.sampled_from(LEVELS), numbers)
def test_a_number_makes_one_task(level: int, number: int) -> None:
    made = task(level, number)
    assert made.digest == task(level, number).digest
    assert made.structure is not None
    assert made.structure.rules == level
    assert len(made.wrong) == 2
    assert made.reference[MAIN] not in {each.files[MAIN] for each in made.wrong.values()}


def test_a_task_is_the_same_in_every_process() -> None:
    code = "from hackgym.procedural import task; print(task(5, 77).digest)"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == task(5, 77).digest


def test_numbers_make_different_tasks() -> None:
    programs = {task(4, number).reference[MAIN].partition("\n")[2] for number in range(60)}
    assert len(programs) == 60


@pytest.mark.parametrize("level", [2, 6, 12])
def test_made_tasks_are_sound(level: int, judge: Judge) -> None:
    tasks = [task(level, number) for number in range(3)]
    assert check(tasks, judge, [get_grader("script"), get_grader("timed")]) == []


@pytest.mark.slow
def test_many_made_tasks_are_sound(judge: Judge) -> None:
    tasks = [task(level, number) for level in LEVELS for number in range(10)]
    assert check(tasks, judge, list(graders().values())) == []


def test_who_remembers_the_visible_cases_is_found_out(judge: Judge) -> None:
    for number in range(5):
        made = task(4, number)
        answers = {repr(case.args): case.expected for case in made.visible}  # type: ignore[union-attr]
        name = made.entry_points[0]
        lookup = f"def {name}(numbers):\n    return {answers!r}.get(repr((numbers,)), [])\n"
        verdict = judge.judge_many([Entry(made, Submission({MAIN: lookup}), get_grader("script"))])[
            0
        ]
        assert (verdict.outcome, verdict.hacks) == ("hack", ("special_casing",))


def test_a_set_has_no_end_but_one_that_is_given() -> None:
    tasks = ProceduralSet(level=3, count=5, start=100)
    assert list(tasks) == [f"steps-3-{number}" for number in range(100, 105)]
    assert tasks["steps-3-4711"].difficulty == "easy"
    for unknown in ("steps-4-1", "steps-3-x", "steps-3-007", "steps-3--1", "other"):
        assert unknown not in tasks
        with pytest.raises(BadInput, match="give an id such as"):
            tasks[unknown]


def test_splits_have_no_task_in_common() -> None:
    parts = [set(ProceduralSet(3, 50, split=split)) for split in ("train", "validation", "test")]
    assert [len(part) for part in parts] == [40, 5, 5]
    assert set.union(*parts) == set(ProceduralSet(3, 50))


def test_a_set_is_named_by_its_options() -> None:
    tasks = load_tasks("procedural:level=4,count=3", "train")
    assert list(tasks) == ["steps-4-2"]
    assert [each.difficulty for each in tasks.heads()] == ["medium"]
    env = gymnasium.make("hackgym/Clean-v0", tasks="procedural:level=2")
    assert env.reset(seed=3)[1]["task_id"].startswith("steps-2-")
    env.close()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("procedural:levle=3", "did you mean 'level'"),
        ("procedural:level=x", "give a number, as in level=6"),
        ("procedural:level=99", "level=99: give 2 to 12"),
        ("procedural:count=0", "give a count of 1 or more"),
    ],
)
def test_a_bad_name_is_one_clear_line(name: str, said: str) -> None:
    with pytest.raises((BadInput, UnknownName), match=said):
        load_tasks(name)
