"""Sets of contests, repairs and asserts: what their rows become, and what is refused."""

from __future__ import annotations

import base64
import gzip
import json
import pickle
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hackgym.errors import BadInput
from hackgym.grader import get_grader
from hackgym.importers import Refusal, import_set, importers
from hackgym.importers.pairs import answer
from hackgym.importers.rows import MAX_ROW_MB
from hackgym.importers.splits import MAX_CASES, MAX_CHARS, Test, published
from hackgym.judge import Judge
from hackgym.sandbox import Limits
from hackgym.task import Call, Program, Task
from published import ADD, APPS, CODECONTESTS, LIVE, PAIRS, ROWS, checkout


def written(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def read(form: str, folder: Path, *rows: Any) -> list[Task | Refusal]:
    return list(importers()[form](written(folder / "a.jsonl", *rows)))


def task(form: str, folder: Path, row: Any) -> Task:
    (found,) = read(form, folder, row)
    assert isinstance(found, Task), found
    return found


def reason(form: str, folder: Path, row: Any) -> str:
    (found,) = read(form, folder, row)
    assert isinstance(found, Refusal), found
    return found.reason


@pytest.mark.parametrize("form", sorted(ROWS))
def test_sound_rows_are_judged_sound(form: str, tmp_path: Path, judge: Judge) -> None:
    source = written(tmp_path / "a.jsonl", *ROWS[form])
    done = import_set(form, source, tmp_path / "set", judge, [get_grader("script")])
    assert done.refusals == ()
    assert len(done.tasks) == len(ROWS[form])
    assert all(each.visible and each.hidden for each in done.tasks)


def test_quixbugs_is_judged_sound_and_graphs_are_left_out(tmp_path: Path, judge: Judge) -> None:
    source = checkout(tmp_path / "QuixBugs")
    done = import_set("quixbugs", source, tmp_path / "set", judge, [get_grader("script")])
    gap, odds = done.tasks
    assert (gap.id, odds.id) == ("quixbugs/gap", "quixbugs/odds")
    assert "abs" not in gap.workspace["solution.py"]
    assert "abs" in gap.reference["solution.py"]
    assert "How far apart." in gap.instruction
    assert {each.kind for each in gap.visible} == {"call"}
    (left,) = done.refusals
    assert left.id == "walk"
    assert left.reason.endswith(
        "json_testcases/walk.json: there is none; programs on graphs are left out"
    )


LINE = r"a\.jsonl:1: "
BAD_TESTS = {"inputs": ["1"], "outputs": []}
UNCALLED = {"fn_name": "dot", "inputs": ["1"], "outputs": [1]}
NO_FUNCTION = {"fn_name": "dots", "inputs": [[1]], "outputs": [1]}


@pytest.mark.parametrize(
    ("form", "row", "change", "said"),
    [
        ("apps", 0, {"question": 5}, "question: Input should be a valid string"),
        ("apps", 0, {"id": None, "problem_id": []}, "problem_id"),
        ("apps", 0, {"input_output": "{"}, "input_output: not JSON"),
        ("apps", 0, {"input_output": ""}, "there is no test in it"),
        ("apps", 0, {"input_output": BAD_TESTS}, "input_output: there are 1 inputs, but 0 outputs"),
        ("apps", 0, {"input_output": {"inputs": []}}, "input_output.outputs: it is missing"),
        (
            *("apps", 0, {"input_output": {"inputs": [{}], "outputs": [""]}}),
            "input_output: test 1: the input is not text",
        ),
        (
            *("apps", 0, {"input_output": {"inputs": [""], "outputs": ["\ud800"]}}),
            "input_output: test 1: the output is not valid Unicode",
        ),
        ("apps", 0, {"solutions": ""}, "solutions: there is no reference solution"),
        ("apps", 0, {"solutions": "[1]"}, "solutions.solutions.0"),
        ("apps", 0, {"solutions": ["print 1"]}, "solutions: not Python: line 1"),
        ("apps", 0, {"solutions": ["import numpy"]}, "solutions: it imports numpy"),
        ("apps", 0, {"solutions": ["raw_input()"] * 2}, "none of the first 2 .* uses 'raw_input'"),
        ("apps", 0, {"solutions": ["(" * 9999]}, "solutions: not Python"),
        ("apps", 0, {"solutions": ["x = '" + "y" * 2**23 + "'"]}, "reference: .* larger than"),
        ("apps", 1, {"input_output": UNCALLED}, "test 1: the input is not a list of arguments"),
        ("apps", 1, {"input_output": NO_FUNCTION}, "does not define the function 'dots'"),
        ("codecontests", 0, {"name": None}, "name: Input should be a valid string"),
        ("codecontests", 0, {"name": "\x1b[31m"}, "the id is empty, .* or not printable"),
        ("codecontests", 0, {"public_tests": 3}, "public_tests"),
        ("codecontests", 0, {"public_tests": {"input": ["1"]}}, "public_tests: .* same length"),
        (
            "codecontests",
            0,
            {"private_tests": [{"input": ""}]},
            "private_tests: number 1: .*output",
        ),
        ("codecontests", 0, {"solutions": {}}, "solutions .* no reference solution"),
        ("codecontests", 0, {"time_limit": [2]}, "time_limit"),
        ("codecontests", 0, {"input_file": "in.txt"}, "input_file: the program is to use a file"),
        ("livecodebench", 0, {"code": None}, "code: there is no reference solution"),
        ("livecodebench", 0, {"public_test_cases": "[{"}, "public_test_cases: not JSON"),
        ("livecodebench", 0, {"public_test_cases": [{}]}, "public_test_cases.tests.0.input"),
        ("livecodebench", 0, {"private_test_cases": "{}"}, "private_test_cases.tests"),
        ("livecodebench", 1, {"metadata": ""}, "metadata.func_name: it is missing"),
        ("livecodebench", 1, {"metadata": "{"}, "metadata: not JSON"),
        ("humanevalpack", 0, {"declaration": None}, "declaration: Input should be"),
        ("humanevalpack", 0, {"test": "int main() {}"}, "test: not Python: line 1"),
        ("humanevalpack", 0, {"canonical_solution": "return ("}, "canonical_solution: not Python"),
        ("asserts", 0, {"asserts": "assert 1"}, "Input should be a valid list"),
        ("asserts", 0, {"asserts": ["assert count("]}, "asserts: not Python: line 1"),
        (
            "asserts",
            0,
            {"asserts": ["assert count\nbreak"]},
            "its tests cannot be compiled: 'break'",
        ),
        ("asserts", 0, {"setup_code": "class"}, "setup_code: not Python: line 1"),
        ("asserts", 0, {"entry_point": "total"}, "entry_point: `solution` does not define 'total'"),
        ("asserts", 0, {"asserts": ["assert 1 == 1"], "entry_point": ""}, "asserts: no test uses"),
    ],
)
def test_a_malformed_row_is_one_clear_line(
    form: str, row: int, change: dict[str, Any], said: str, tmp_path: Path
) -> None:
    why = reason(form, tmp_path, {**ROWS[form][row], **change})
    with pytest.raises(BadInput, match=LINE + f".*{said}"):
        raise BadInput(why)
    assert "\n" not in why


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
CONTENT = JSON | JSON.map(json.dumps)


@pytest.mark.parametrize("form", sorted(ROWS))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_row_becomes_a_task_or_a_refusal(
    form: str, tmp_path: Path, data: st.DataObject
) -> None:
    whole = data.draw(st.sampled_from(ROWS[form]))
    changed = data.draw(st.dictionaries(st.sampled_from(sorted(whole)), CONTENT, max_size=3))
    row = data.draw(st.just({**whole, **changed}) | st.dictionaries(st.text(), JSON))
    (found,) = read(form, tmp_path, row)
    assert isinstance(found, Task) or found.reason.startswith(f"{tmp_path / 'a.jsonl'}:1: ")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(JSON, JSON)), name=st.sampled_from(["dot", "", None, "a;b"]))
def test_any_tests_make_a_task_or_a_refusal(
    tmp_path: Path, pairs: list[tuple[Any, Any]], name: str | None
) -> None:
    tests = {"inputs": [each for each, _ in pairs], "outputs": [said for _, said in pairs]}
    for row in ROWS["apps"]:
        assert read("apps", tmp_path, {**row, "input_output": {**tests, "fn_name": name}})


def test_the_reference_is_a_tidy_solution_where_there_is_one(tmp_path: Path) -> None:
    untidy = "print(int(input()) + int(input()), end=' ')\n"
    found = task("apps", tmp_path, {**APPS, "solutions": [untidy, ADD]})
    assert found.reference == {"solution.py": ADD}
    assert (
        task("apps", tmp_path, {**APPS, "solutions": [untidy]}).reference["solution.py"] == untidy
    )


def test_outputs_are_written_as_programs_mostly_print_them() -> None:
    assert [answer(said) for _, said in PAIRS] == ["3\n", "0\n", "15\n", "7\n"]
    assert answer("\n a \t\nb\n\n") == "\n a\nb\n"
    assert (answer(""), answer("\n")) == ("", "\n")


def test_no_more_tests_are_kept_than_can_be_run(tmp_path: Path) -> None:
    many = {"inputs": [f"{n}\n1" for n in range(500)], "outputs": [str(n + 1) for n in range(500)]}
    found = task("apps", tmp_path, {**APPS, "input_output": many})
    assert (len(found.visible), len(found.hidden)) == (MAX_CASES // 2, MAX_CASES // 2)
    assert found.source.endswith("; kept 40 of 500")
    longer = {name: [*texts, "9" * 2 * MAX_CHARS] for name, texts in many.items()}
    again = task("apps", tmp_path, {**APPS, "input_output": longer})
    assert again.hidden == found.hidden
    long = {"inputs": ["9" * MAX_CHARS], "outputs": ["1"]}
    assert "longer than" in reason("apps", tmp_path, {**APPS, "input_output": long})


def test_hidden_tests_are_never_visible_ones() -> None:
    def tests(*numbers: int) -> list[Test]:
        return [(str(n), Call(function="f", args=(n,), expected=n)) for n in numbers]

    visible, hidden, record = published("a", {"shown": tests(1, 2)}, {"kept": tests(2, 3, 1, 4)})
    assert {each.args[0] for each in hidden if isinstance(each, Call)} == {3, 4}
    assert record == "tests split by the source: visible shown 1, 2 of 2; hidden kept 2, 4 of 4"
    halves = published("a", {"shown": tests(1, 2)}, {"kept": tests(2, 1)})
    assert (len(halves.visible), len(halves.hidden)) == (1, 1)
    assert len(visible) == 2


def test_codecontests_has_the_time_that_it_says(tmp_path: Path) -> None:
    found = task("codecontests", tmp_path, CODECONTESTS)
    assert found.limits.wall_s == 2.5 * 20
    said = {**CODECONTESTS, "time_limit": "seconds: 1\n", "generated_tests": []}
    assert task("codecontests", tmp_path, said).limits.wall_s == Limits.wall_s
    named = [{"language": "PYTHON3", "solution": ADD}]
    assert task("codecontests", tmp_path, {**CODECONTESTS, "solutions": named}).visible


class Trap:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def test_pickled_tests_are_never_loaded(tmp_path: Path) -> None:
    packed = base64.b64encode(zlib.compress(pickle.dumps(Trap(tmp_path / "sprung")))).decode()
    found = task("livecodebench", tmp_path, {**LIVE, "private_test_cases": packed})
    assert (len(found.visible), len(found.hidden)) == (1, 1)
    assert "pickled" in found.source
    single = json.dumps(json.loads(LIVE["public_test_cases"])[:1])
    row = {**LIVE, "private_test_cases": packed, "public_test_cases": single}
    assert "private_test_cases: it is packed with pickle" in reason("livecodebench", tmp_path, row)
    assert not (tmp_path / "sprung").exists()


def test_a_row_that_is_too_long_is_left_out_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b" " * (MAX_ROW_MB * 2**20 + 9) + b"\n" + json.dumps(APPS).encode())
    long, found = importers()["apps"](path)
    assert isinstance(long, Refusal)
    assert long.reason == f"{path}:1: the row is longer than 64 MiB"
    assert isinstance(found, Task)


def problem(folder: Path, **content: Any) -> Path:
    folder.mkdir(parents=True)
    row = {**APPS, **content}
    (folder / "question.txt").write_text(row["question"])
    (folder / "input_output.json").write_text(row["input_output"])
    (folder / "solutions.json").write_text(row["solutions"])
    (folder / "metadata.json").write_text(json.dumps({"difficulty": "introductory"}))
    return folder


def test_apps_is_read_from_folders_and_no_link_is_followed(tmp_path: Path) -> None:
    first = problem(tmp_path / "APPS" / "train" / "0000")
    second = problem(tmp_path / "APPS" / "train" / "0001")
    (tmp_path / "secret").write_text("not for a task")
    (second / "question.txt").unlink()
    (second / "question.txt").symlink_to(tmp_path / "secret")
    found, linked = importers()["apps"](tmp_path / "APPS")
    assert isinstance(found, Task)
    assert (found.id, found.difficulty, found.kind) == ("apps/train/0000", "easy", "program")
    assert isinstance(linked, Refusal)
    assert linked.reason.endswith("0001/question.txt: this is a link that leads out of the folder")
    (alone,) = importers()["apps"](first)
    assert isinstance(alone, Task)
    assert {type(each) for each in alone.visible} == {Program}
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="there is no question"):
        list(importers()["apps"](tmp_path / "empty"))


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("json_testcases/gap.json", "[[1], 2]\n[3]\n", "gap.json:2: a test is a list of"),
        ("json_testcases/gap.json", "[[1], 2]\n[\n", "gap.json:2: not JSON"),
        ("python_programs/gap.py", "def gap(:", "python_programs/gap.py: not Python: line 1"),
        ("correct_python_programs/gap.py", "gap = abs", "gap.py: it does not define the function"),
        ("python_programs/gap.py", None, "python_programs/gap.py: the file is missing"),
    ],
)
def test_a_malformed_program_of_quixbugs_is_one_clear_line(
    file: str, text: str | None, said: str, tmp_path: Path
) -> None:
    source = checkout(tmp_path / "QuixBugs")
    (source / file).unlink()
    if text is not None:
        (source / file).write_text(text)
    gap, odds, _ = importers()["quixbugs"](source)
    assert isinstance(gap, Refusal)
    assert said in gap.reason
    assert isinstance(odds, Task)
    with pytest.raises(BadInput, match="give a checkout of QuixBugs"):
        list(importers()["quixbugs"](tmp_path))
