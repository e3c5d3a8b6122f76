"""Task sets that are folders, and rows with unittest classes: what they become."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from folder_examples import (
    EXERCISE,
    HARBOR,
    REPOSITORY,
    ROW,
    TILL,
    laid,
    only,
    problem,
    refusal,
    rows_file,
    sources,
)
from hackgym.cli_tasks import EXPORTERS, Forms
from hackgym.environments import load_tasks
from hackgym.errors import BadInput
from hackgym.grader import get_grader
from hackgym.importers import djinn, exercism, harbor, import_set, unittests
from hackgym.importers import pytest as pytest_suites
from hackgym.judge import Judge
from hackgym.soundness import check
from hackgym.task import MAIN, Task
from hackgym.taskset import TaskSet


def test_an_exercise_imports_its_solution_by_our_name(tmp_path: Path) -> None:
    task = only(exercism.read(laid(tmp_path / "till", EXERCISE)))
    assert (task.id, task.kind) == ("till", "class")
    assert task.entry_points == ("Till", "TillError")
    assert task.instruction.startswith("Keep a till.")
    assert task.reference == {MAIN: TILL}
    assert task.workspace == {MAIN: "class Till:\n    pass\n"}
    assert (len(task.visible), len(task.hidden)) == (2, 1)
    text = sources(task)
    assert "from till" not in text
    assert "unittest" not in text
    assert "self.assert" not in text
    assert "assert self.both(self.till) == 8" in text
    assert "never run" not in text


def test_a_row_of_classes_needs_no_imports(tmp_path: Path) -> None:
    task = only(unittests.read(rows_file(tmp_path, ROW)))
    assert (task.id, task.kind, task.entry_points) == ("Own_0", "class", ("Till", "TillError"))
    assert "import datetime" in sources(task)
    listed = tmp_path / "rows.json"
    listed.write_text(json.dumps([ROW, {**ROW, "task_id": "Own_1"}]))
    first, second = unittests.read(listed)
    assert first == task
    assert isinstance(second, Task)


def test_a_repository_is_a_task_for_each_file_of_tests(tmp_path: Path) -> None:
    other, task = pytest_suites.read(laid(tmp_path, REPOSITORY))
    assert isinstance(task, Task), task
    assert task.id == "tests/test_sums"
    assert set(task.entry_points) == {"total", "Mean"}
    assert set(task.reference) == {"README.md", "sums/__init__.py", "sums/core.py", MAIN}
    assert "return sum" not in task.workspace["sums/core.py"]
    assert "LIMIT = 3" in task.workspace["sums/core.py"]
    assert task.workspace[MAIN] == task.reference[MAIN]
    assert len(task.visible) + len(task.hidden) == 4
    assert "pytest" not in sources(task)
    assert "takes the fixture 'tmp_path'" in refusal([other])


def test_a_stub_of_the_repository_is_what_a_learner_finds(tmp_path: Path) -> None:
    stub = {"stub/src/sums/core.py": "def total(numbers):\n    ...\n"}
    rows = list(pytest_suites.read(laid(tmp_path, {**REPOSITORY, **stub})))
    (task,) = [row for row in rows if isinstance(row, Task)]
    assert set(task.workspace) == {"sums/core.py", MAIN}
    assert "stub/src/sums/core.py" not in task.reference


def test_a_harbor_folder_is_read_without_running_it(tmp_path: Path) -> None:
    task = only(harbor.read(laid(tmp_path / "pairs", HARBOR)))
    assert task.instruction == HARBOR["instruction.md"]
    assert task.reference["pairs.py"].startswith("def swap(pair):\n")
    assert task.reference[MAIN].endswith("from pairs import swap\n")
    assert task.workspace.keys() == {"notes.txt", "a.txt", MAIN}
    assert (len(task.visible), len(task.hidden)) == (1, 1)


def test_a_problem_of_djinn_keeps_its_verifier_and_not_its_exploit(tmp_path: Path) -> None:
    task = only(djinn.read(problem(tmp_path)))
    assert [each.outcome for each in task.wrong.values()] == ["fail"]
    assert "Everything" not in task.model_dump_json()
    assert "equality" in task.source
    shown = [case for case in task.visible if case.kind == "call"]
    assert task.verifier is not None
    space: dict[str, Any] = {}
    exec(task.verifier, space)
    assert space["TEST_CASES"] == [(case.args, case.expected) for case in shown]
    assert space["verify"](task.reference[MAIN]) == (True, "yes")
    assert space["verify"]("def middle(a, b):\n    return 0") == (False, "no")


@pytest.mark.parametrize("form", ["exercism", "unittests", "pytest", "harbor", "djinn"])
def test_what_is_read_is_sound(tmp_path: Path, judge: Judge, form: str) -> None:
    source = tmp_path / "source"
    source.mkdir()
    if form == "unittests":
        source = rows_file(source, ROW)
    elif form == "djinn":
        problem(source)
    else:
        laid(source, {"exercism": EXERCISE, "pytest": REPOSITORY, "harbor": HARBOR}[form])
    styles = [get_grader(name) for name in ("script", "pytest", "verifier")]
    done = import_set(form, source, tmp_path / "set", judge, styles)
    assert [TaskSet(tmp_path / "set")[task.id] for task in done.tasks] == list(done.tasks)
    assert len(done.refusals) == (form == "pytest"), done.refusals


@pytest.mark.parametrize("name", ["split-amount", "undo-buffer", "access-report", "expression-kit"])
def test_an_exported_task_comes_back(tmp_path: Path, basics: TaskSet, name: str) -> None:
    harbor.export(basics[name], tmp_path / name)
    assert only(harbor.read(tmp_path / name)) == basics[name]
    with pytest.raises(BadInput, match="not empty"):
        harbor.export(basics[name], tmp_path / name)


def test_an_exported_set_comes_back(tmp_path: Path) -> None:
    tasks = load_tasks(Path("impossible"))
    EXPORTERS[Forms.harbor](tasks, tmp_path / "folders")
    done = import_set("harbor", tmp_path / "folders", tmp_path / "set")
    assert list(done.tasks) == [tasks[name] for name in sorted(tasks)]


def test_an_exported_task_is_the_same_without_our_file(
    tmp_path: Path, basics: TaskSet, judge: Judge
) -> None:
    task = basics["split-amount"]
    harbor.export(task, tmp_path / "task")
    (tmp_path / "task" / "tests" / harbor.ROW).unlink()
    again = only(harbor.read(tmp_path / "task"))
    assert again.instruction.startswith(task.instruction)
    assert again.reference == task.reference
    assert len(again.visible) + len(again.hidden) == len(task.visible) + len(task.hidden)
    wrong = {name: each for name, each in task.wrong.items() if each.outcome == "fail"}
    assert check([again.model_copy(update={"wrong": wrong})], judge, [get_grader("script")]) == []


@pytest.mark.parametrize(("name", "solved"), [("access-report", True), ("split-amount", False)])
def test_the_scripts_of_an_exported_task_pay(
    tmp_path: Path, basics: TaskSet, name: str, solved: bool
) -> None:
    harbor.export(basics[name], tmp_path / "task")
    (tmp_path / "app").mkdir()
    for script in ("solution/solve.sh",) * solved + ("tests/test.sh",):
        path = tmp_path / "task" / script
        text = path.read_text().replace("python ", f"{sys.executable} ")
        for folder in ("/app", "/tests", "/logs"):
            at = tmp_path / "task/tests" if folder == "/tests" else f"{tmp_path}{folder}"
            text = text.replace(f"={folder}", f"={at}").replace(f" {folder}", f" {at}")
        path.write_text(text)
        subprocess.run(["bash", str(path)], check=True, capture_output=True)
    assert (tmp_path / "logs/verifier/reward.txt").read_text() == f"{int(solved)}\n"


def test_tests_name_the_code_as_they_like(tmp_path: Path) -> None:
    head = (
        "import unittest\nimport till as code\nfrom till import *\nfrom till import Till as Box\n"
    )
    body = (
        "class T(unittest.TestCase):\n    def test_a(self):\n        want, coins = 3, 1\n"
        "        self.assertEqual(Box(coins).add(2), want)\n"
        "        with self.assertRaises(code.TillError):\n            Till().take(1)\n"
        "    def test_b(self):\n        rate = 2\n        self.assertEqual(code.rate(3), rate)\n"
    )
    example = TILL + "\n\ndef rate(n):\n    return 2\n"
    files = {**EXERCISE, ".meta/example.py": example, "till_test.py": head + body}
    task = only(exercism.read(laid(tmp_path / "till", files)))
    assert set(task.entry_points) == {"Till", "TillError", "rate"}
    assert task.kind == "function"
    assert "Till(coins).add(2)" in sources(task)
    calls = [case for case in (*task.visible, *task.hidden) if case.kind == "call"]
    assert [(call.function, call.args, call.expected) for call in calls] == [("rate", (3,), 2)]
