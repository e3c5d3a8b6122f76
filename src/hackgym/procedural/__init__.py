"""Tasks that never run out: made from a number, so that there is nothing to memorise.

Each asks for a function that leads a list of integers through some steps. The number decides which
steps, in which order and with which constants; the level is how many there are. Two of the steps
make no difference to the visible cases, so that it is easy to pass them and be wrong.
"""

from __future__ import annotations

import random
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from hackgym.errors import BadInput, UnknownName
from hackgym.recent import Recent
from hackgym.task import MAIN, Call, Split, Structure, Task, Wrong, check_split
from hackgym.taskset import Head

LEVELS = range(2, 13)
"""How many steps a task can have."""

VISIBLE, HIDDEN = 4, 10
"""How many cases a task has."""

DRAWN = 120
"""How many inputs are drawn to choose cases from."""

RARELY = 0.95
"""A step that makes no difference to a larger share of inputs than this is none."""

OFTEN = 0.2
"""A step can be forgotten if it makes no difference to a larger share of inputs than this."""

REMEMBERED = 256

FAMILY = "collections"

PREFIX = "procedural"
"""How the names of these sets begin."""

OPTIONS = {"level": 6, "count": 10_000, "start": 0}
"""What can stand in a name, with what it is if it does not."""


class _Step(NamedTuple):
    """A kind of step: what it says, what it does to `values`, and constants to choose from."""

    says: str
    does: str
    a: tuple[int, ...] = (0,)
    b: tuple[int, ...] = (0,)


@cache
def _catalogue() -> tuple[_Step, ...]:
    text = resources.files(__package__).joinpath("steps.toml").read_text("utf-8")
    return tuple(_Step(**each) for each in tomllib.loads(text)["step"])


_NAMES = ("arrange", "condense", "prepare", "refine", "reshape", "settle", "tidy", "treat")

_INSTRUCTION = """# Lead a list through {count} steps

Write `{name}(numbers)` in `solution.py`. It takes a list of integers, which may be empty and is not
to be changed, and returns a new list. The new list is made by taking the list through these steps,
each of which works on what the one before it has left:

{steps}

Remainders are Python's (`%`), so they are never negative. Where a step leaves nothing, the others
work on an empty list.

Example: `{name}({given})` returns `{found}`.
"""

_GENERATOR = """import random


def generate(rng: random.Random) -> dict:
    size = rng.choice((0, 1, 2, 3, 5, 8, 8, 12, 12, 16))
    numbers = [rng.randint(-30, 40) for _ in range(size)]
    if size > 2 and rng.random() < 0.5:
        numbers[rng.randrange(1, size)] = numbers[0]
    return {{"kind": "call", "function": "{name}", "args": [numbers]}}
"""

_Function = Callable[[list[int]], list[int]]


def task(level: int, number: int) -> Task:
    """The task of that number. Raises BadInput for a level that there is none of."""
    if level not in LEVELS:
        raise BadInput(f"level={level}: give {LEVELS.start} to {LEVELS.stop - 1}")
    rng = random.Random(f"hackgym/steps/{level}/{number}")
    while True:
        made = _drawn(level, number, rng)
        if made is not None:
            return made


def _drawn(level: int, number: int, rng: random.Random) -> Task | None:
    """A task; None where the steps that were drawn do not make a good one."""
    name = rng.choice(_NAMES)
    steps = [_filled(each, rng) for each in rng.sample(_catalogue(), level)]
    source, whole = _program(name, [step.does for step in steps])
    inputs = _inputs(name, rng)
    answers = [whole(each) for each in inputs]
    without = {}
    for at in range(level):
        kept = [step.does for step in steps[:at] + steps[at + 1 :]]
        shorter, function = _program(name, kept)
        same = [function(each) == answer for each, answer in zip(inputs, answers, strict=True)]
        if sum(same) > RARELY * len(inputs):
            return None
        if sum(same) > OFTEN * len(inputs):
            without[at] = shorter, same
    if len(without) < 2:  # noqa: PLR2004 - two wrong solutions
        return None
    forgotten = rng.sample(sorted(without), 2)
    quiet = [at for at in range(len(inputs)) if all(without[each][1][at] for each in forgotten)]
    shown = [at for at in quiet if len(inputs[at]) > 1 and len(answers[at]) > 1][:VISIBLE]
    telling = [[at for at in range(len(inputs)) if not without[each][1][at]] for each in forgotten]
    rest = [at for at in range(len(inputs)) if at not in shown]
    kept_back = list(dict.fromkeys([*telling[0][:2], *telling[1][:2], *rest]))[:HIDDEN]
    if len(shown) < VISIBLE or len({repr(answers[at]) for at in kept_back}) < HIDDEN // 2:
        return None

    def cases(places: list[int]) -> tuple[Call, ...]:
        return tuple(
            Call(function=name, args=(inputs[at],), expected=answers[at], args_after=(inputs[at],))
            for at in places
        )

    structure = Structure(rules=level, input_size=max(map(len, inputs)))
    return Task(
        id=f"steps-{level}-{number}",
        instruction=_INSTRUCTION.format(
            count=level,
            name=name,
            steps="\n".join(f"{at}. {step.says}" for at, step in enumerate(steps, start=1)),
            given=inputs[shown[0]],
            found=answers[shown[0]],
        ),
        entry_points=(name,),
        visible=cases(shown),
        hidden=cases(kept_back),
        reference={MAIN: source},
        wrong={
            f"wrong_without_{at + 1}.py": Wrong(files={MAIN: without[at][0]}, outcome="overfit")
            for at in forgotten
        },
        generator=_GENERATOR.format(name=name),
        difficulty=structure.difficulty,
        structure=structure,
        family=FAMILY,
        split=split_of(number),
        source=f"made from the level {level} and the number {number}",
    )


def split_of(number: int) -> Split:
    """The split of a number: of ten, the first is for the test, the second for validation."""
    return {0: "test", 1: "validation"}.get(number % 10, "train")  # type: ignore[return-value]


def _filled(step: _Step, rng: random.Random) -> _Step:
    a, b = rng.choice(step.a), rng.choice(step.b)
    return step._replace(says=step.says.format(a=a, b=b), does=step.does.format(a=a, b=b))


def _program(name: str, steps: list[str]) -> tuple[str, _Function]:
    """A function's source, and the function. All of it is text of this module."""
    needed = "import itertools\n\n\n" if any("itertools" in step for step in steps) else ""
    lines = "\n".join(["values = list(numbers)", *steps, "return values"])
    source = f"{needed}def {name}(numbers):\n{textwrap.indent(lines, '    ')}\n"
    namespace: dict[str, Any] = {}
    exec(source, namespace)  # noqa: S102 - see above
    function: _Function = namespace[name]
    return source, function


def _inputs(name: str, rng: random.Random) -> list[list[int]]:
    namespace: dict[str, Any] = {}
    exec(_GENERATOR.format(name=name), namespace)  # noqa: S102 - a text of this module
    return [namespace["generate"](rng)["args"][0] for _ in range(DRAWN)]


def read_name(name: str, split: str | None = None) -> ProceduralSet:
    """The set of a name such as `procedural:level=6,count=100,start=0`. Raises BadInput."""
    options: dict[str, int] = {}
    for option in filter(None, name.partition(":")[2].split(",")):
        key, _, value = option.partition("=")
        if key not in OPTIONS:
            raise UnknownName(f"option in the task set {name!r}, named", key, OPTIONS)
        if not re.fullmatch(r"\d{1,18}", value):
            raise BadInput(f"the task set {name!r}: {key}: give a number, as in {key}=6")
        options[key] = int(value)
    level, count, start = (options.get(key, usual) for key, usual in OPTIONS.items())
    return ProceduralSet(level, count, start, split)


class ProceduralSet(Mapping[str, Task]):
    """Tasks by id (`steps-LEVEL-NUMBER`), made when asked for.

    Every number of the level is in the set; iterating, and drawing from it, stops at `count`.

    Args:
        level: how many steps a task has.
        count: how many tasks are counted.
        start: the first number.
        split: only the numbers of this split.

    Raises:
        BadInput: an option is out of range.
        UnknownName: there is no such split.
    """

    def __init__(
        self, level: int = 6, count: int = 10_000, start: int = 0, split: str | None = None
    ) -> None:
        if level not in LEVELS:
            raise BadInput(f"level={level}: give {LEVELS.start} to {LEVELS.stop - 1}")
        if count < 1 or start < 0:
            raise BadInput(f"count={count}, start={start}: give a count of 1 or more, from 0")
        check_split(split)
        self._level, self._split = level, split
        self._numbers = range(start, start + count)
        self._recent: Recent[str, Task] = Recent(REMEMBERED)

    def __getitem__(self, task_id: str) -> Task:
        if task_id not in self._recent:
            if task_id not in self:
                raise BadInput(f"task {task_id!r}: give an id such as 'steps-{self._level}-17'")
            self._recent[task_id] = task(self._level, int(task_id.rpartition("-")[2]))
        return self._recent[task_id]

    def __contains__(self, task_id: object) -> bool:
        if not isinstance(task_id, str):
            return False
        match = re.fullmatch(rf"steps-{self._level}-(0|[1-9][0-9]{{0,17}})", task_id)
        return match is not None and self._split in (None, split_of(int(match[1])))

    def __iter__(self) -> Iterator[str]:
        for number in self._numbers:
            if self._split in (None, split_of(number)):
                yield f"steps-{self._level}-{number}"

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def heads(self) -> Iterator[Head]:
        """What a list shows of each task, without making it."""
        difficulty = Structure(rules=self._level).difficulty
        for task_id in self:
            split = split_of(int(task_id.rpartition("-")[2]))
            yield Head(
                id=task_id,
                kind="function",
                difficulty=difficulty,
                family=FAMILY,
                split=split,
                steps=1,
                visible=VISIBLE,
                hidden=HIDDEN,
            )
