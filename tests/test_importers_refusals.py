"""Folders and rows that are malformed, hostile or unsupported: each is one clear line."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from folder_examples import (
    EXERCISE,
    HARBOR,
    REPOSITORY,
    ROW,
    TILL_TEST,
    laid,
    only,
    problem,
    refusal,
    rows_file,
)
from hackgym.errors import BadInput, MissingExtra
from hackgym.importers import djinn, exercism, harbor, importers, unittests
from hackgym.importers import pytest as pytest_suites
from hackgym.task import MAIN

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
        (SAYING.format("import till; Till()"), "line 7: 'till' is imported in a function"),
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


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"_meta_config_json": "{"}, "config.json: not JSON"),
        ({"_meta_config_json": '{"files": []}'}, "config.json: files: "),
        ({"_meta_config_json": '{"files": {"solution": [], "test": [], "example": []}}'}, "not 0"),
        ({"_meta_config_json": EXERCISE[".meta/config.json"].replace("till_t", "../t")}, "leaves"),
        ({"_meta_example_py": "def f(:"}, r"\.meta/example\.py: not Python: line 1"),
        ({"_docs_instructions_md": None}, r"\.docs: there is no instructions\.md"),
        ({"till_py": None}, "till.py: the file is missing"),
    ],
)
def test_a_malformed_exercise_is_refused(
    tmp_path: Path, changes: dict[str, str | None], said: str
) -> None:
    laid(tmp_path / "till", EXERCISE, **changes)
    with pytest.raises(BadInput, match=said):
        raise BadInput(refusal(exercism.read(tmp_path / "till")))


@pytest.mark.parametrize("target", ["/etc/hostname", "till.py", "/dev/zero"])
def test_no_link_is_followed_out_of_an_exercise(tmp_path: Path, target: str) -> None:
    folder = laid(tmp_path / "till", EXERCISE, till_py=None)
    (folder / "till.py").symlink_to(target)
    assert "/till.py: " in refusal(exercism.read(folder))


def test_no_link_is_followed_out_of_a_repository(tmp_path: Path) -> None:
    folder = laid(tmp_path / "sums", REPOSITORY, tests_test_fixture_py=None)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "outside").symlink_to(tmp_path)
    (folder / "picture.png").write_bytes(b"\0" * 2**21)
    assert "secret" not in only(pytest_suites.read(folder)).model_dump_json()
    (folder / "beside.txt").symlink_to(tmp_path / "secret.txt")
    assert "a link out of the folder" in refusal(pytest_suites.read(folder))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**ROW, "class_name": "Bank"}, "class_name: `solution_code` does not define 'Bank'"),
        ({**ROW, "solution_code": "class ("}, "solution_code: not Python"),
        ({**ROW, "test": 3}, "test: Input should be a valid string"),
        ({**ROW, "test": "import numpy\n" + ROW["test"]}, "test: line 1: the tests import 'numpy'"),
    ],
)
def test_a_malformed_row_of_classes_is_refused(
    tmp_path: Path, row: Mapping[str, Any], said: str
) -> None:
    assert said in refusal(unittests.read(rows_file(tmp_path, row)))


@pytest.mark.parametrize("text", ["[1]", "[", "[" * 9999, "[\xff]"])
def test_a_malformed_list_of_rows_is_one_clear_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, "latin-1")
    with pytest.raises(
        BadInput, match=r"a\.json:? ?\S*:? ?(row 1 is no|not JSON|not UTF-8|1: not)"
    ):
        list(unittests.read(tmp_path / "a.json"))


@pytest.mark.parametrize(
    ("tests", "said"),
    [
        ("@pytest.mark.slow\ndef test_a():\n    total([])\n", "line 5: @pytest.mark.slow is not"),
        ("@pytest.mark.parametrize('n', range(3))\ndef test_a(n):\n    total(n)\n", "plain values"),
        ("@pytest.mark.parametrize('n, m', [1])\ndef test_a(n, m):\n    total(n)\n", "plain val"),
        ("@pytest.fixture\ndef numbers():\n    return total([])\n", "line 5: numbers is a fixture"),
        ("def test_a(*n):\n    total(n)\n", "line 4: test_a takes arguments of an unknown kind"),
        ("def test_a():\n    assert total([]) == pytest.approx([1])\n", "but one number"),
        (
            "def test_a():\n    with pytest.warns(Warning):\n        total([])\n",
            "pytest.warns is not",
        ),
        ("pytestmark = pytest.mark.slow\n", "line 4: marks for a whole file"),
    ],
)
def test_what_needs_pytest_itself_is_refused(tmp_path: Path, tests: str, said: str) -> None:
    text = f"import pytest\nfrom sums import total\n\n{tests}"
    laid(tmp_path, REPOSITORY, tests_test_sums_py=text, tests_test_fixture_py=None)
    assert said in refusal(pytest_suites.read(tmp_path))


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("tests/conftest.py", "def numbers():\n    ...\n", "conftest.py: what it defines is not"),
        ("src/verify.py", "", "verify.py: graders or Python itself use this name"),
        ("src/random.py", "", "random.py: graders or Python itself use this name"),
        ("solution.py", "", "tests use 'sums' beside `solution`"),
        ("big.txt", "x" * 2**21, "big.txt: the file is larger than 1024 KiB"),
    ],
)
def test_a_repository_that_cannot_be_laid_out_is_refused(
    tmp_path: Path, path: str, text: str, said: str
) -> None:
    laid(tmp_path, {**REPOSITORY, path: text}, tests_test_fixture_py=None)
    assert said in refusal(pytest_suites.read(tmp_path))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"task_toml": "a ="}, "task.toml: not TOML"),
        ({"instruction_md": None}, "instruction.md: the file is missing"),
        ({"solution_solve_sh": "python3 make.py\n"}, "solve.sh: line 1: it is not run here"),
        ({"solution_solve_sh": "echo a; rm b\n"}, "solve.sh: line 1: it is not run here"),
        ({"solution_solve_sh": "true\n"}, "solve.sh: line 1: it is not run here"),
        ({"solution_solve_sh": "set -e\n"}, "solve.sh: it writes no file"),
        ({"solution_solve_sh": "cat > a.py <<END\n$A\nEND\n"}, "line 1: the shell would change"),
        ({"solution_solve_sh": "cat > a.py <<'END'\n"}, "line 1: there is no line 'END'"),
        ({"solution_solve_sh": "cd /etc\ncat > a <<'E'\nE\n"}, "/etc/a lies outside of /app"),
        ({"tests_test_outputs_py": None}, "tests: one file test_outputs.py is supported, not 0"),
        ({"tests_test_outputs_py": "def test_a():\n    open('/app/a')\n"}, "tests import nothing"),
        (
            {"tests_test_outputs_py": "import pairs\ndef test_a():\n    pairs.swap('/app/a')\n"},
            "it looks at '/app/a'",
        ),
    ],
)
def test_a_harbor_folder_that_cannot_be_judged_is_refused(
    tmp_path: Path, changes: dict[str, str | None], said: str
) -> None:
    assert said in refusal(harbor.read(laid(tmp_path / "pairs", HARBOR, **changes)))


@pytest.mark.parametrize("row", ["[]", "{", '{"id": "a", "visible": 1}', '{"visible": []}'])
def test_a_malformed_row_of_ours_is_refused(tmp_path: Path, row: str) -> None:
    folder = laid(tmp_path / "pairs", {**HARBOR, "tests/hackgym.json": row})
    (folder / "solution" / MAIN).write_text("")
    assert "tests/hackgym.json: " in refusal(harbor.read(folder))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"test_cases": "[__import__('os')]"}, "test_cases: this is no literal of Python"),
        ({"test_cases": "(" * 5000}, "test_cases: this is no literal of Python"),
        ({"test_cases": "[(1, 2, 3)]"}, "test_cases: case 0: give a pair"),
        ({"test_cases": []}, "there is no test in it"),
        ({"ground_truth": "def other(): ..."}, "ground_truth defines no function 'middle'"),
        ({"ground_truth": "../secret.py"}, "'../secret.py' leaves the folder"),
        ({"ground_truth": "secret.py"}, "secret.py: the file is missing"),
        ({"insecure_verifier": "x = 1\n"}, "insecure_verifier: it defines no function `verify`"),
        ({"insecure_verifier": "def verify(a, b, c): ...\n"}, "verify takes the code, and perhaps"),
        ({"nulls": 3}, "nulls: Input should be a valid list"),
    ],
)
def test_a_malformed_problem_is_refused(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    assert said in refusal(djinn.read(problem(tmp_path, **changes)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &a [1]\nb: *a\n", "there is an alias"),
        ("a: [\n", "not YAML"),
        ("- 1\n", "a problem is a mapping of fields, not a list"),
        ("a: !!python/object/apply:os.getcwd []\n", "not YAML"),
        ("[" * 9999, "nested more than 50 deep"),
        ("a: [\n\n" + "[" * 9, "not YAML: line 3"),
        ("a: \x01\n", "not YAML"),
    ],
)
def test_yaml_is_plain_data(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    assert said in refusal(djinn.read(tmp_path / "a.yaml"))


def test_without_a_package_for_yaml_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtra, match=r"pip install 'hackgym\[yaml\]'"):
        djinn.read(tmp_path)


@pytest.mark.parametrize("form", ["exercism", "pytest", "harbor", "djinn"])
def test_a_source_that_is_none_says_what_to_give(tmp_path: Path, form: str) -> None:
    for source in (tmp_path / "missing", tmp_path):
        with pytest.raises(BadInput, match=r"give one|there is no"):
            list(importers()[form](source))
