"""Task sets: rows that are written and read again, and the built-in folders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackgym.errors import BadInput, UnknownName
from hackgym.task import Task, case_from_values, dump_task, load_row, make_task
from hackgym.taskset import TaskSet
from test_values import VALUES, same

NAMES = st.sampled_from(["f", "solve", "Stack"])
CALLS = st.fixed_dictionaries(
    {"kind": st.just("call"), "function": NAMES, "expected": VALUES},
    optional={
        "args": st.lists(VALUES, max_size=3),
        "kwargs": st.dictionaries(NAMES, VALUES, max_size=2),
        "args_after": st.none() | st.lists(VALUES, max_size=3),
        "tolerance": st.none() | st.floats(min_value=1e-12, max_value=1.0),
    },
)
RAISING = st.fixed_dictionaries(
    {"kind": st.just("call"), "function": NAMES, "raises": st.just("ValueError")},
    optional={"args": st.lists(VALUES, max_size=2)},
)
STEPS = st.one_of(
    st.fixed_dictionaries(
        {"new": NAMES, "as": st.just("it")}, optional={"args": st.lists(VALUES, max_size=2)}
    ),
    st.fixed_dictionaries(
        {"on": st.just("it"), "method": NAMES}, optional={"expected": VALUES, "raises": st.none()}
    ),
    st.fixed_dictionaries({"on": st.just("it"), "attribute": NAMES, "expected": VALUES}),
)
SEQUENCES = st.fixed_dictionaries({"kind": st.just("sequence"), "steps": st.lists(STEPS)})
PROGRAMS = st.fixed_dictionaries(
    {"kind": st.just("program"), "expected": st.text()},
    optional={"args": st.lists(st.text()), "stdin": st.text(), "status": st.integers(0, 255)},
)
SUITES = st.fixed_dictionaries({"kind": st.just("suite"), "source": st.text()})
CASES = st.one_of(CALLS, RAISING, SEQUENCES, PROGRAMS, SUITES).map(case_from_values)


def again(task: Task) -> Task:
    """The task after a way through JSON text."""
    return load_row(json.loads(json.dumps(dump_task(task))), "a test")


def plain(task: Task) -> Any:
    """Everything in a task, and which fields were set, as values that can be compared."""
    cases = [case.model_dump(exclude_unset=True) for case in (*task.visible, *task.hidden)]
    return task.model_dump(exclude={"visible", "hidden", "limits"}), cases


@given(visible=st.lists(CASES, max_size=3), hidden=st.lists(CASES, max_size=3))
def test_any_case_survives_a_row(visible: list[Any], hidden: list[Any]) -> None:
    fields = {"id": "t", "instruction": "", "reference": {"solution.py": ""}}
    task = make_task(fields | {"visible": visible, "hidden": hidden}, "a test")
    assert same(plain(again(task)), plain(task))


def test_every_field_survives_a_row(basics: TaskSet) -> None:
    for task_id in basics:
        task = basics[task_id]
        assert again(task) == task
        assert again(task).digest == task.digest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", r"tasks\.jsonl:1: not JSON"),
        ("[1]", r"tasks\.jsonl:1: a task is an object with a text `id`"),
        ('{"id": "a"}\n{"id": ' + "1" * 5000 + "}", r"tasks\.jsonl:2: not JSON"),
        ("\n\n", "there is no task in this set"),
        ("\ud800", "not JSON"),
    ],
)
def test_a_malformed_set_is_one_clear_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "tasks.jsonl").write_text(text, "utf-8", "surrogatepass")
    with pytest.raises(BadInput, match=said) as caught:
        TaskSet(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "instruction: it is missing"),
        ({"instruction": "", "reference": {}, "vissible": []}, "vissible: there is no such field"),
        ({"visible": [{"kind": "call", "function": "f"}]}, "visible: case 0: .*needs `expected`"),
        ({"hidden": [{"kind": "cal"}]}, "hidden: case 0: .*'cal'"),
        ({"hidden": {"kind": "call"}}, "hidden: cases are a JSON list"),
        ({"visible": [{"kind": "suite", "source": {"$set": 1}}]}, r"visible: case 0: .*\$set"),
    ],
)
def test_a_bad_row_names_the_field(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    path = tmp_path / "tasks.jsonl"
    path.write_text(json.dumps({"id": "a", **row}), "utf-8")
    with pytest.raises(BadInput, match=rf"tasks\.jsonl: a: {said}|tasks\.jsonl: a: .*{said}"):
        TaskSet(path)["a"]


def test_an_unknown_task_is_named_with_a_near_one(basics: TaskSet) -> None:
    known = next(iter(basics))
    with pytest.raises(UnknownName, match=f"did you mean '{known}'"):
        basics[known + "s"]
