"""Pairs of an input and an output, as contests publish them: cases, and tasks made of them.

A program's output is compared to the letter here, but more loosely by contests. So what is expected
is written as programs mostly print it: without blanks at the ends of lines, and with one line break
at the end. A reference that prints otherwise is found by the soundness check.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hackgym.errors import BadInput
from hackgym.importers.asserted import described
from hackgym.importers.solutions import Solution, first_python
from hackgym.importers.splits import Split, Test
from hackgym.sandbox import Limits
from hackgym.task import MAIN, Program, Task, case_from_values

PROGRAM = """Write `solution.py`, a program that reads from standard input and prints to standard \
output. What it prints is compared to the letter: no blanks at the end of a line, and one line \
break after the last one.
"""

FUNCTION = """Write `solution.py` with {wanted}, and import there what it needs.
"""

STARTER = """
Begin with:

```python
{starter}
```
"""

LEVELS = {"introductory": "easy", "interview": "medium", "competition": "hard"}
"""How sets call what is easy, medium and hard here, where they do not call it so."""

MAX_WALL_S = 60.0


@dataclass(frozen=True, slots=True)
class Target:
    """The function that the calls of a task are made to."""

    name: str
    owner: str
    """The class whose method it is, if any: then tests make an object for each call."""
    wanted: str
    """What to write, in words."""

    @classmethod
    def of(cls, solution: Solution, name: str) -> Target:
        """The function of that name, which the solution defines."""
        found = solution.defined(name)
        assert found is not None
        owner, node = found
        function = described(node) if isinstance(node, ast.FunctionDef) else f"function `{name}`"
        if owner:
            function = f"class `{owner}` and its {function.replace('function', 'method', 1)}"
        return cls(name, owner, f"the {function}")

    def test(self, args: Sequence[Any], expected: Any) -> Test:
        """A call, and what it returns."""
        case: dict[str, Any] = {"args": tuple(args), "expected": expected}
        if self.owner:
            made = {"new": self.owner, "as": "solution"}
            steps = (made, {"on": "solution", "method": self.name, **case})
            case = {"kind": "sequence", "steps": steps}
        else:
            case = {"kind": "call", "function": self.name, **case}
        return json.dumps([args, expected], sort_keys=True), case_from_values(case)


def program_test(field: str, stdin: Any, expected: Any) -> Test:
    """A run of a program. Raises BadInput where input or output is not text.

    Both may be lists of lines too.
    """
    texts = []
    for name, value in (("input", stdin), ("output", expected)):
        lines = value if isinstance(value, list) else [value]
        if not all(isinstance(line, str) for line in lines):
            raise BadInput(f"{field}: the {name} is not text")
        text = "\n".join(lines).replace("\r\n", "\n")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise BadInput(f"{field}: the {name} is not valid Unicode") from None
        texts.append(text)
    given, printed = texts[0], answer(texts[1])
    return json.dumps([given, printed]), Program(stdin=given, expected=printed)


def answer(text: str) -> str:
    """An output as programs mostly print it."""
    lines = "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")
    return f"{lines}\n" if text else ""


def contest_task(
    *,
    task_id: str,
    origin: str,
    question: str,
    reference: Solution,
    tests: Split,
    target: Target | None = None,
    starter: str = "",
    difficulty: str = "",
    case_s: float = 0.0,
) -> Task:
    """A task made of a contest's problem.

    Args:
        task_id: the task's id.
        origin: the set that it comes from, and what else is to be recorded.
        question: the problem, as it is published.
        reference: a solution that is right.
        tests: the cases.
        target: the function to be called; None for a program.
        starter: code to begin with.
        difficulty: as the set calls it.
        case_s: how long a case may take, where the set says so.
    """
    wanted = PROGRAM if target is None else FUNCTION.format(wanted=target.wanted)
    begin = STARTER.format(starter=starter.strip("\n")) if starter.strip() else ""
    level = LEVELS.get(difficulty.lower(), difficulty.lower())
    entry = () if target is None else (target.owner or target.name,)
    most = max(len(tests.visible), len(tests.hidden))
    return Task(
        id=task_id,
        instruction=f"{question.strip()}\n\n{wanted}{begin}",
        kind="program" if target is None else "class" if target.owner else "function",
        entry_points=entry,
        visible=tests.visible,
        hidden=tests.hidden,
        reference={MAIN: reference.code},
        limits=Limits(wall_s=min(max(Limits.wall_s, case_s * most), MAX_WALL_S)),
        difficulty=level if level in ("easy", "medium", "hard") else "",
        source=f"{origin}; {tests.record}",
    )


def solved(
    field: str, codes: Sequence[str], function: str | None
) -> tuple[Solution, Target | None]:
    """A reference among solutions, and the function in it that is to be called."""
    reference = first_python(field, codes, defines=function or "", completed=True)
    return reference, Target.of(reference, function) if function else None
