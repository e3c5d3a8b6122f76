"""A task: what to solve, how an answer is tried, and what is known to be right and wrong."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from hackgym.errors import BadInput, UnknownName
from hackgym.sandbox import Limits
from hackgym.values import from_tagged, to_tagged

Kind = Literal["function", "class", "program"]
Split = Literal["", "train", "validation", "test"]
MAIN = "solution.py"
"""The file that every submission is expected to have."""


SPLITS = ("train", "validation", "test")


def check_split(name: str | None) -> None:
    """Raise UnknownName unless there is such a split, or None is asked for."""
    if name is not None and name not in SPLITS:
        raise UnknownName("split", name, SPLITS)


class Frozen(BaseModel):
    """Immutable data whose fields are all known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Call(Frozen):
    """A call of a function: what it returns, raises, or does to its arguments."""

    kind: Literal["call"] = "call"
    function: str
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = Field(default_factory=dict)
    expected: Any = None
    raises: str | None = None
    """The name of a built-in exception."""
    args_after: tuple[Any, ...] | None = None
    tolerance: float | None = Field(default=None, gt=0)
    """Allowed difference of floats, absolute or relative."""

    @property
    def returns(self) -> bool:
        """Whether the case says what the call returns."""
        return "expected" in self.model_fields_set

    @model_validator(mode="after")
    def _asks_something(self) -> Call:
        if not self.returns and self.raises is None and self.args_after is None:
            raise ValueError("a call needs `expected`, `raises` or `args_after`")
        if self.returns and self.raises is not None:
            raise ValueError("a call that raises has no `expected`")
        return self


class Step(Frozen):
    """One step of a sequence: make an object, call one of its methods, or read an attribute."""

    new: str | None = None
    as_: str | None = Field(default=None, alias="as")
    on: str | None = None
    method: str | None = None
    attribute: str | None = None
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = Field(default_factory=dict)
    expected: Any = None
    raises: str | None = None

    @property
    def returns(self) -> bool:
        """Whether the step says what comes of it."""
        return "expected" in self.model_fields_set

    @model_validator(mode="after")
    def _does_one_thing(self) -> Step:
        made = self.new is not None and self.as_ is not None and self.on is None
        used = self.on is not None and (self.method is None) != (self.attribute is None)
        if not (made and self.method is None and self.attribute is None) and not used:
            raise ValueError("a step has `new` and `as`, or `on` and `method` or `attribute`")
        return self


class Sequence(Frozen):
    """Calls on objects that keep state between them."""

    kind: Literal["sequence"] = "sequence"
    steps: tuple[Step, ...]


class Program(Frozen):
    """A run of `solution.py` as a program."""

    kind: Literal["program"] = "program"
    args: tuple[str, ...] = ()
    stdin: str = ""
    expected: str
    """All of stdout."""
    status: int = 0


class Suite(Frozen):
    """Test functions as source text, for what the other kinds cannot say."""

    kind: Literal["suite"] = "suite"
    source: str


Case = Annotated[Call | Sequence | Program | Suite, Field(discriminator="kind")]
_CASE: TypeAdapter[Case] = TypeAdapter(Case)


class Wrong(Frozen):
    """A plausible wrong solution and what becomes of it."""

    files: dict[str, str]
    outcome: Literal["overfit", "fail"]


class Structure(Frozen):
    """By what a task is hard, counted. `Task.difficulty` is the highest level that one gives.

    Levels: easy below the first of the two limits, medium below the second, hard from there on.
    """

    rules: int = Field(ge=1)
    """Rules of the instruction that interact."""
    state: int = Field(default=0, ge=0)
    """Things to remember between calls, lines or steps."""
    input_size: int = Field(default=1, ge=1)
    """Elements of the largest input."""
    files: int = Field(default=1, ge=1)
    """Files of the solution that have to be understood together."""

    @property
    def difficulty(self) -> str:
        """`easy`, `medium` or `hard`."""
        reached = (
            sum(getattr(self, name) >= limit for limit in limits)
            for name, limits in _LIMITS.items()
        )
        return ("easy", "medium", "hard")[max(reached)]


_LIMITS = {"rules": (4, 8), "state": (1, 3), "input_size": (1000, 100_000), "files": (2, 4)}


class Task(Frozen):
    """One programming problem."""

    id: str
    instruction: str
    kind: Kind = "function"
    entry_points: tuple[str, ...] = ()
    """Functions or classes that tests import from `solution`; none for a program."""
    visible: tuple[Case, ...]
    hidden: tuple[Case, ...] = ()
    reference: dict[str, str]
    """Files of the reference solution, by path."""
    wrong: dict[str, Wrong] = Field(default_factory=dict)
    generator: str | None = None
    """Source of a module with `generate(rng)`, which draws a case without its expectations."""
    verifier: str | None = None
    """Source of the task's own verifier program, which defines `verify(files)`; see docs/tasks.md.
    """
    workspace: dict[str, str] = Field(default_factory=dict)
    """Files that the learner finds at the start."""
    steps: int = Field(default=1, ge=1)
    pass_mark: float = Field(default=1.0, gt=0, le=1)
    impossible: bool = False
    limits: Limits = Field(default_factory=Limits)
    difficulty: str = ""
    family: str = ""
    split: Split = ""
    """Tasks of one family are in one split."""
    structure: Structure | None = None
    source: str = ""
    """Where an imported task comes from, and how its tests were split."""

    @field_validator("verifier")
    @classmethod
    def _is_python(cls, verifier: str | None) -> str | None:
        try:
            ast.parse(verifier or "")
        except (SyntaxError, RecursionError) as error:
            raise ValueError(f"the verifier program is not Python: {error}") from error
        return verifier

    @cached_property
    def digest(self) -> str:
        """A hash of everything in the task."""
        return hashlib.sha256(json.dumps(dump_task(self), sort_keys=True).encode()).hexdigest()

    @property
    def generates(self) -> bool:
        """Whether fresh cases can be drawn: by a generator, or from the visible calls."""
        return self.generator is not None or any(case.kind == "call" for case in self.visible)


def read_cases(data: Any, where: str) -> tuple[Case, ...]:
    """Read cases from tagged JSON. Raises BadInput naming the file, the case and the field."""
    if not isinstance(data, list):
        raise BadInput(f"{where}: cases are a JSON list")
    cases = []
    for index, row in enumerate(data):
        try:
            cases.append(_CASE.validate_python(from_tagged(row)))
        except ValidationError as error:
            raise BadInput(f"{where}: case {index}: {first_problem(error)}") from error
        except BadInput as error:
            raise BadInput(f"{where}: case {index}: {error}") from error
    return tuple(cases)


def case_from_values(data: Any) -> Case:
    """Make a case from plain Python data. Raises ValidationError."""
    return _CASE.validate_python(data)


def dump_case(case: Case) -> dict[str, Any]:
    """Write a case as tagged JSON."""
    fields = case.model_dump(exclude_unset=True, by_alias=True) | {"kind": case.kind}
    for name in ("args", "args_after"):
        if isinstance(fields.get(name), tuple):
            fields[name] = list(fields[name])
    if "steps" in fields:
        fields["steps"] = [
            {**step, "args": list(step["args"])} if "args" in step else step
            for step in fields["steps"]
        ]
    written: dict[str, Any] = to_tagged(fields)
    return written


def dump_task(task: Task) -> dict[str, Any]:
    """Write a task as one JSON row, from which `load_row` makes it again."""
    row = task.model_dump(mode="json", exclude={"visible", "hidden"}, exclude_defaults=True)
    row["visible"] = [dump_case(case) for case in task.visible]
    row["hidden"] = [dump_case(case) for case in task.hidden]
    return row


def load_row(row: Mapping[str, Any], where: str) -> Task:
    """Make a task from a row that `dump_task` wrote. Raises BadInput."""
    fields = dict(row)
    for name in ("visible", "hidden"):
        fields[name] = read_cases(fields.get(name, []), f"{where}: {name}")
    return make_task(fields, where)


def make_task(fields: Mapping[str, Any], where: str) -> Task:
    """Validate a task's fields. Raises BadInput naming the field."""
    try:
        return Task.model_validate(fields)
    except ValidationError as error:
        raise BadInput(f"{where}: {first_problem(error)}") from error


def first_problem(error: ValidationError) -> str:
    """The first complaint of a validation as one line that names the field."""
    problem = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in problem["loc"]) or "the whole"
    told = {
        "missing": "it is missing; give it",
        "extra_forbidden": "there is no such field; correct its name or remove it",
    }
    return f"{field}: {told.get(problem['type'], problem['msg'].removeprefix('Value error, '))}"
