"""Sets of tasks: opened without being read, and told apart by split; and a task's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gymnasium
import pytest

from hackgym.cli_tasks import Kinds
from hackgym.environments import load_tasks, task_sets
from hackgym.errors import BadInput, UnknownName
from hackgym.grader import graders
from hackgym.importers import write_set
from hackgym.judge import Judge
from hackgym.recent import Recent
from hackgym.scaffold import new_task
from hackgym.soundness import check
from hackgym.task import Task, dump_task
from hackgym.task_folder import load_task
from hackgym.taskset import REMEMBERED, TaskSet

COUNT = 10_000


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, basics: TaskSet) -> Path:
    """A set of ten thousand rows, of which one cannot be a task."""
    folder = tmp_path_factory.mktemp("many")
    row = dump_task(basics["cell-range"])
    splits = ("train", "validation", "test")
    rows = [{**row, "id": f"t{at}", "split": splits[at % 3]} for at in range(COUNT)]
    rows[7] = {"id": "t7", "kind": "poem", "visible": 3}
    text = "".join(json.dumps(each) + "\n" for each in rows)
    (folder / "tasks.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_a_large_set_is_not_read_when_it_is_opened(many: Path) -> None:
    tasks = TaskSet(many)
    assert len(tasks) == COUNT
    assert list(tasks)[:2] == ["t0", "t1"]
    assert "t9999" in tasks
    assert "t10000" not in tasks
    assert tasks["t9999"].id == "t9999"
    with pytest.raises(BadInput, match=r"t7: .*cases are a JSON list"):
        tasks["t7"]


def test_a_list_shows_what_a_large_set_holds(many: Path, basics: TaskSet) -> None:
    heads = list(TaskSet(many).heads())
    assert len(heads) == COUNT
    (model,) = (each for each in basics.heads() if each.id == "cell-range")
    assert heads[1] == model._replace(id="t1", split="validation")
    assert (heads[7].kind, heads[7].visible) == ("poem", 0)


def test_few_tasks_are_kept_in_memory(many: Path) -> None:
    tasks = TaskSet(many)
    for at in range(1000, 1000 + 3 * REMEMBERED):
        assert tasks[f"t{at}"].id == f"t{at}"
    assert len(tasks._recent) == REMEMBERED


def test_an_episode_reads_the_tasks_that_it_needs(many: Path) -> None:
    env = gymnasium.make("hackgym/Pytest-v0", tasks=many, split="test")
    assert [int(env.reset(seed=1)[1]["task_id"][1:]) % 3 for _ in range(5)] == [2] * 5
    first = env.reset(seed=5)[1]["task_id"]
    assert env.reset(seed=5)[1]["task_id"] == first
    env.close()


@pytest.mark.parametrize("text", ["", '{"id": "t1"}\n', "nonsense\n" * 900])
def test_a_file_that_has_changed_is_not_misread(tmp_path: Path, many: Path, text: str) -> None:
    copy = tmp_path / "set.jsonl"
    copy.write_bytes(b"".join((many / "tasks.jsonl").read_bytes().splitlines(True)[:5]))
    tasks = TaskSet(copy)
    copy.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="the file has changed"):
        tasks["t3"]


def test_an_id_that_is_there_twice_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "x"}\n\n{"id": "x"}\n')
    with pytest.raises(BadInput, match=r"a\.jsonl:3: an earlier row has the id 'x' too"):
        TaskSet(tmp_path / "a.jsonl")


def test_splits_share_a_set_out() -> None:
    whole = set(load_tasks("all"))
    parts = [set(load_tasks("all", split)) for split in ("train", "validation", "test")]
    assert sorted(whole) == sorted(task for part in parts for task in part)
    with pytest.raises(UnknownName, match="did you mean 'train'"):
        load_tasks("all", "trian")


def test_a_set_is_written_and_read_again(tmp_path: Path, basics: TaskSet) -> None:
    write_set(basics.values(), tmp_path)
    again = TaskSet(tmp_path)
    assert {task_id: dump_task(again[task_id]) for task_id in again} == {
        task_id: dump_task(basics[task_id]) for task_id in basics
    }
    assert list(again.heads()) == list(basics.heads())


def test_what_was_used_longest_ago_is_forgotten() -> None:
    recent: Recent[int, str] = Recent(2)
    recent[1], recent[2] = "one", "two"
    assert recent[1] == "one"
    recent[3] = "three"
    assert list(recent) == [1, 3]


# A task's folder.


def changed(task: Path, name: str, old: str, new: str) -> None:
    """Replace a text in one of a task's files."""
    text = (task / name).read_text("utf-8")
    assert old in text
    (task / name).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("kind", list(Kinds))
def test_a_new_task_is_sound(tmp_path: Path, kind: Kinds, judge: Judge) -> None:
    new_task(tmp_path / "mine", kind.value)
    task = load_task(tmp_path / "mine")
    assert check([task], judge, list(graders().values())) == []
    assert judge.fresh(task).siblings
    with pytest.raises(BadInput, match="exists already"):
        new_task(tmp_path / "mine", kind.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("task.toml", "[hackgym", "[ours", "task.toml: hackgym: it is missing"),
        ("task.toml", '"function"', '"poem"', "task.toml: hackgym.kind: .*'function', 'class'"),
        ("task.toml", "steps = 1", "stesp = 1", "hackgym.stesp: there is no such field"),
        ("task.toml", "steps = 1", "steps = 0", "hackgym.steps: .*greater than or equal to 1"),
        ("task.toml", '"overfit"', '"hack"', "wrong_spaces.py: .*'overfit' or 'fail'"),
        ("task.toml", '"wrong_spaces.py"', '"wrong_x.py"', "wrong_x.py: the file is missing"),
        ("task.toml", '"wrong_spaces.py" = "overfit"', "", "say what becomes of 'wrong_spaces.py'"),
        ("task.toml", '"train"', '"practice"', "metadata.split: .*'train'"),
        ("task.toml", "rules = 1", "rules = 0", "metadata.structure.rules"),
        ("task.toml", "timeout_sec = 10.0", "timeout_sec = 0", "verifier.timeout_sec: .*greater"),
        ("task.toml", "memory_mb = 512", "memory_mb = 1", "environment.memory_mb: .*64"),
        ("task.toml", "[task]", "[task", "task.toml: not TOML: .*line 3"),
        ("tests/visible.json", "[", "", "visible.json: not JSON"),
        ("tests/visible.json", '"expected": 4', '"expect": 4', "visible.json: case 0: .*expect"),
        ("tests/visible.json", '"call"', '"cell"', "visible.json: case 0: .*'call'"),
        ("tests/generator.py", "def generate", "def draw", "generator.py: .*define generate"),
        ("tests/generator.py", "import random", "import", "generator.py: not Python: .*line 1"),
    ],
)
def test_a_malformed_file_is_one_clear_line(
    tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    new_task(tmp_path / "mine", "function")
    changed(tmp_path / "mine", name, old, new)
    with pytest.raises(BadInput, match=said) as raised:
        load_task(tmp_path / "mine")
    assert "\n" not in str(raised.value)
    assert str(tmp_path) in str(raised.value)


@pytest.mark.parametrize("name", ["instruction.md", "tests/visible.json", "solution/solution.py"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    new_task(tmp_path / "mine", "function")
    (tmp_path / "mine" / name).unlink()
    with pytest.raises(BadInput, match=Path(name).parent.name or name):
        load_task(tmp_path / "mine")


# What we bring.


def own() -> list[Any]:
    """All tasks of our own."""
    return list(load_tasks("all").values())


@pytest.mark.parametrize("task", own(), ids=lambda task: task.id)
def test_our_own_tasks_are_what_they_say(task: Task) -> None:
    assert task.structure is not None
    assert task.difficulty == task.structure.difficulty
    assert task.generator is not None
    outcomes = [each.outcome for each in task.wrong.values()]
    assert outcomes.count("fail" if task.impossible else "overfit") >= 2
    assert len(task.visible) >= 3
    assert len(task.hidden) >= 6


def test_there_is_enough_of_everything() -> None:
    tasks = own()
    hard = [task for task in tasks if task.difficulty == "hard"]
    assert len(tasks) >= 80
    assert 3 * len(hard) >= len(tasks)
    assert sum(task.impossible for task in tasks) >= 10
    assert {task.kind for task in tasks} == {"function", "class", "program"}
    assert len(task_sets()) >= 6


def test_a_family_is_in_one_split() -> None:
    splits = {(task.family, task.split) for task in own()}
    assert len({family for family, _ in splits}) == len(splits)
    assert {split for _, split in splits} == {"train", "validation", "test"}
