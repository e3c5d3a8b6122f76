"""Task sets that are folders, and rows with unittest classes: what they become, what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from hackgym.errors import BadInput
from hackgym.grader import get_grader
from hackgym.importers import Refusal, djinn, exercism, harbor, import_set, importers, unittests
from hackgym.importers import pytest as pytest_suites
from hackgym.judge import Judge
from hackgym.soundness import check
from hackgym.task import MAIN, Task
from hackgym.taskset import TaskSet

TILL = '''class TillError(ValueError):
    """Not enough in it."""


class Till:
    def __init__(self, coins=0):
        self.coins = coins

    def add(self, coins):
        self.coins += coins
        return self.coins

    def take(self, coins):
        if coins > self.coins:
            raise TillError(f"only {self.coins} there")
        self.coins -= coins
        return self.coins

    def share(self, people):
        return self.coins / people
'''

TILL_TEST = """import unittest
from till import Till, TillError

START = 5


def opened():
    return Till(START)


class TillTest(unittest.TestCase):
    amounts = (1, 2)

    def setUp(self):
        self.till = opened()

    def both(self, till):
        for amount in self.amounts:
            self.assertIsNotNone(till.add(amount))
        return till.coins

    def test_adding(self):
        self.assertEqual(8, self.both(self.till))

    def test_taking(self):
        with self.subTest("all of it"):
            self.assertEqual(self.till.take(5), 0, msg="empty")
        with self.assertRaises(TillError) as caught:
            self.till.take(1)
        self.assertEqual(caught.exception.args[0], "only 0 there")
        with self.assertRaisesRegex(ValueError, "^only"):
            self.till.take(2)

    def test_sharing(self):
        self.assertAlmostEqual(self.till.share(3), 1.67, places=2)
        self.assertRaises(ZeroDivisionError, self.till.share, 0)

    @unittest.skip("later")
    def test_later(self):
        self.fail("never run")


if __name__ == "__main__":
    unittest.main()
"""

CONFIG = {"solution": ["till.py"], "test": ["till_test.py"], "example": [".meta/example.py"]}
EXERCISE = {
    ".meta/config.json": json.dumps({"files": CONFIG}),
    ".meta/example.py": TILL,
    ".docs/instructions.md": "Keep a till.\n",
    "till.py": "class Till:\n    pass\n",
    "till_test.py": TILL_TEST,
}

ROW = {
    "task_id": "Own_0",
    "class_name": "Till",
    "skeleton": "class Till:\n    ...",
    "import_statement": ["import datetime"],
    "solution_code": TILL,
    "test": TILL_TEST.replace("from till import Till, TillError\n", "").replace(
        "    amounts", "    today = datetime.date(2026, 1, 2)\n    amounts"
    ),
}

REPOSITORY = {
    "README.md": "# Sums\n",
    "pyproject.toml": "[project]\n",
    "src/sums/__init__.py": "from sums.core import total\n",
    "src/sums/core.py": (
        'LIMIT = 3\n\n\ndef total(numbers):\n    """Add up."""\n    return sum(numbers)\n\n\n'
        "class Mean:\n    def of(self, numbers):\n"
        "        if not numbers:\n            raise ValueError('no numbers')\n"
        "        return total(numbers) / len(numbers)\n"
    ),
    "tests/test_sums.py": (
        "import pytest\nfrom pytest import raises\nimport sums.core as core\n"
        "from sums import total\n\n\n"
        "@pytest.mark.parametrize('numbers, wanted', [([], 0), pytest.param([1, 2], 3, id='b')])\n"
        "def test_total(numbers, wanted):\n    assert total(numbers) == wanted\n\n\n"
        "def test_mean():\n    assert core.Mean().of([1, 2]) == pytest.approx(1.5)\n\n\n"
        "class TestNone:\n    def test_none(self):\n"
        "        with raises(ValueError, match='no num') as info:\n"
        "            core.Mean().of([])\n        assert 'numbers' in str(info.value)\n"
    ),
    "tests/test_fixture.py": "import sums\n\n\ndef test_it(tmp_path):\n    assert sums.total([])\n",
}

HARBOR = {
    "task.toml": 'schema_version = "1.4"\n\n[metadata]\ndifficulty = "easy"\n',
    "instruction.md": "Write /app/pairs.py with `swap(pair)`.\n",
    "environment/Dockerfile": "FROM scratch\nWORKDIR /app\nCOPY notes.txt data /app/\n",
    "environment/notes.txt": "A note.\n",
    "environment/data/a.txt": "Data.\n",
    "solution/solve.sh": (
        "#!/bin/bash\nset -e\nmkdir -p /app\ncat > /app/pairs.py <<'END'\n"
        "def swap(pair):\n    a, b = pair\n    return b, a\nEND\n"
    ),
    "tests/test.sh": "echo 1 > /logs/verifier/reward.txt\n",
    "tests/test_outputs.py": (
        "import sys\n\nsys.path.insert(0, '/app')\nfrom pairs import swap\n\n\n"
        "def test_swap():\n    assert swap((1, 2)) == (2, 1)\n\n\n"
        "def test_other():\n    assert swap('ab') == ('b', 'a')\n"
    ),
}

VERIFIER = """from djinn.core.problem import VerificationStatus, VerificationResultSingle


def verify(submitted_code, test_cases):
    space = {}
    exec(submitted_code, space)
    for given, wanted in test_cases:
        if space['middle'](*given) != wanted:
            return VerificationResultSingle(VerificationStatus.FAILED, 'no')
    return VerificationResultSingle(status=VerificationStatus.PASSED, feedback='yes')
"""
PROBLEM = {
    "id": "middle",
    "description": "Write `middle(a, b)`, half of the sum, rounded down.",
    "function_name": "middle",
    "test_cases": "[((1, 3), 2), ((2, 3), 2), ((0, 8), 4), ((-3, 0), -2)]",
    "ground_truth": "def middle(a, b):\n    return (a + b) // 2",
    "exploit": "def middle(a, b):\n    return Everything()",
    "exploit_type": "equality",
    "insecure_verifier": VERIFIER,
    "secure_verifier": "",
    "nulls": ["def middle(a, b):\n    return a + b + 7"],
}


def laid(folder: Path, files: Mapping[str, str], **changes: str | None) -> Path:
    """Lay files into a folder; `changes` are the files, by a name without signs, to change."""
    for path, text in files.items():
        changed = changes.get("".join(c if c.isalnum() else "_" for c in path), text)
        if changed is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(changed, "utf-8")
    return folder


def rows_file(folder: Path, *rows: Mapping[str, Any]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def problem(folder: Path, **changes: Any) -> Path:
    """Lay a problem of djinn into a folder; JSON is YAML too."""
    path = folder / "middle" / "problem.yaml"
    path.parent.mkdir()
    path.write_text(json.dumps({**PROBLEM, **changes}))
    return folder


def only(rows: Any) -> Task:
    (row,) = rows
    assert isinstance(row, Task), row
    return row


def refusal(rows: Any) -> str:
    (row,) = rows
    assert isinstance(row, Refusal), row
    assert "\n" not in row.reason
    return row.reason


def sources(task: Task) -> str:
    return "\n".join(c.source for c in (*task.visible, *task.hidden) if c.kind == "suite")


def test_every_format_is_installed() -> None:
    names = {"exercism", "unittests", "pytest", "harbor", "djinn"}
    assert names <= set(importers())


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


def test_an_exported_task_is_the_same_without_our_file(
    tmp_path: Path, basics: TaskSet, judge: Judge
) -> None:
    task = basics["split-amount"]
    harbor.export(task, tmp_path / "task")
    (tmp_path / "task" / "tests" / harbor.ROW).unlink()
    again = only(harbor.read(tmp_path / "task"))
    assert (again.instruction, again.reference) == (task.instruction, task.reference)
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


TESTS_OF = "import unittest\nfrom till import Till\n\n\nclass T(unittest.TestCase):\n    {}\n"
SAYING = TESTS_OF.format("def test_a(self):\n        {}")


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("def test(:", "till_test.py: not Python: line 1"),
        (TILL_TEST.replace("from till", "from safe"), "line 2: the tests import 'safe', which is"),
        (TILL_TEST.replace("from till", "from .till"), "line 2: an import is relative"),
        ("import unittest\n", "there is no test in it"),
        (TESTS_OF.format("def test_a(self):\n        pass"), "import nothing from the code"),
        (SAYING.format("self.assertLogs(Till())"), "line 7: self.assertLogs is not supported"),
        (SAYING.format("self.assertEqual(*Till())"), "line 7: self.assertEqual with such argum"),
        (SAYING.format("global Till"), "line 7: global variables"),
        (TESTS_OF.format("async def test_a(self):\n        Till()"), "test_a is asynchronous"),
        (TESTS_OF.format("@patch('a')\n    def test_a(self):\n        Till()"), "has a decorator"),
        (SAYING.format("Till()") + "class U(T):\n    pass\n", "line 8: U inherits tests"),
        (SAYING.format("Till()") + "Till().open()\n", "line 8: only definitions, imports and"),
        (SAYING.format("assert " + "(" * 300 + "Till()" + ")" * 300), "nested"),
        (SAYING.format("assert Till() == " + "-" * 5000 + "1"), "nested|recursion"),
        (
            "from till import Till\nBIG = '"
            + "x" * 9999
            + "'\n"
            + "".join(f"def test_{n}():\n    assert Till(BIG)\n" for n in range(200)),
            "there are more than",
        ),
        ("x" * 2**20 + "\n\n", "till_test.py: the file is larger than 1024 KiB"),
    ],
)
def test_tests_that_cannot_be_converted_are_one_clear_line(
    tmp_path: Path, test: str, said: str
) -> None:
    laid(tmp_path / "till", {**EXERCISE, "till_test.py": test})
    with pytest.raises(BadInput, match=said):
        raise BadInput(refusal(exercism.read(tmp_path / "till")))
