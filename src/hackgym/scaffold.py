"""A new task, as a folder that is sound from the start and waits to be changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hackgym.errors import BadInput, CannotWrite
from hackgym.task import Kind

_ABOUT = """\
schema_version = "1.4"

[task]
name = "hackgym/{name}"
version = "1.0.0"
description = "What it is, in a line"
keywords = []

[metadata]
difficulty = "easy"    # the highest level that a number below gives: easy, medium or hard
family = "text"
split = "train"        # tasks of one family are in one split: train, validation or test

[metadata.structure]
rules = 1              # rules of the instruction that interact: from 4 on medium, from 8 on hard
state = 0              # things to remember between calls: from 1 on medium, from 3 on hard
input_size = 10        # elements of the largest input: from 1000 on medium, from 100000 on hard
files = 1              # files to be understood together: from 2 on medium, from 4 on hard

[verifier]
timeout_sec = 10.0

[environment]
memory_mb = 512

[hackgym]
kind = "{kind}"
entry_points = {entry_points}
steps = 1

[hackgym.wrong]
"wrong_spaces.py" = "overfit"
"""

_FUNCTION = {
    "instruction.md": """\
# Count words

Write `count_words(text)` in `solution.py`. It returns how many words are in the text. A word is a
longest row of characters without white space.

Example: `count_words("to be  or not")` returns 4.
""",
    "solution/solution.py": '''\
def count_words(text: str) -> int:
    """Return how many words are in the text."""
    return len(text.split())
''',
    "solution/wrong_spaces.py": """\
def count_words(text):
    return len([word for word in text.split(" ") if word])
""",
    "tests/generator.py": """\
import random


def generate(rng: random.Random) -> dict:
    words = ["word"[: rng.randint(1, 4)] for _ in range(rng.randint(0, 9))]
    text = "".join(word + rng.choice((" ", " ", "  ", "\\n", "\\t")) for word in words)
    return {"kind": "call", "function": "count_words", "args": [text]}
""",
}

_CLASS = {
    "instruction.md": """\
# A counter of words

Write the class `WordCounter` in `solution.py`. `add(text)` returns how many words are in the text
and adds them to the attribute `total`, which is 0 at first. A word is a longest row of characters
without white space.
""",
    "solution/solution.py": '''\
class WordCounter:
    """Counts words over several texts."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, text: str) -> int:
        """Return how many words are in the text, and count them."""
        count = len(text.split())
        self.total += count
        return count
''',
    "solution/wrong_spaces.py": """\
class WordCounter:
    def __init__(self):
        self.total = 0

    def add(self, text):
        count = len([word for word in text.split(" ") if word])
        self.total += count
        return count
""",
    "tests/generator.py": """\
import random


def generate(rng: random.Random) -> dict:
    steps = [{"new": "WordCounter", "as": "counter", "args": []}]
    for _ in range(rng.randint(1, 4)):
        words = ["word"[: rng.randint(1, 4)] for _ in range(rng.randint(0, 6))]
        text = "".join(word + rng.choice((" ", " ", "  ", "\\n", "\\t")) for word in words)
        steps.append({"on": "counter", "method": "add", "args": [text]})
        steps.append({"on": "counter", "attribute": "total"})
    return {"kind": "sequence", "steps": steps}
""",
}

_PROGRAM = {
    "instruction.md": """\
# Count words

Write the program `solution.py`. It reads a text from standard input and prints how many words are
in it. A word is a longest row of characters without white space.
""",
    "solution/solution.py": """\
import sys

print(len(sys.stdin.read().split()))
""",
    "solution/wrong_spaces.py": """\
import sys

print(len([word for word in sys.stdin.read().rstrip().split(" ") if word]))
""",
    "tests/generator.py": """\
import random


def generate(rng: random.Random) -> dict:
    words = ["word"[: rng.randint(1, 4)] for _ in range(rng.randint(0, 9))]
    text = "".join(word + rng.choice((" ", " ", "  ", "\\n", "\\t")) for word in words)
    return {"kind": "program", "stdin": text}
""",
}

_FILES: dict[Kind, dict[str, str]] = {
    "function": _FUNCTION,
    "class": _CLASS,
    "program": _PROGRAM,
}
_ENTRY_POINTS: dict[Kind, list[str]] = {
    "function": ["count_words"],
    "class": ["WordCounter"],
    "program": [],
}
_VISIBLE = (("to be  or not", 4), ("", 0), ("one", 1), (" two words ", 2))
_HIDDEN = (("a\nb", 2), ("\t\n ", 0), ("a\tb c\n", 3), ("x" * 50, 1), (" a \n b \n", 2), ("  ", 0))


def new_task(folder: Path, kind: Kind) -> list[Path]:
    """Write a small task of a kind into a new folder.

    Returns:
        The files.

    Raises:
        BadInput: the folder exists, or its name is no task's.
        CannotWrite: it cannot be written.
    """
    if folder.exists():
        raise BadInput(f"{folder}: it exists already; give the name of a new folder")
    about = _ABOUT.format(name=folder.name, kind=kind, entry_points=json.dumps(_ENTRY_POINTS[kind]))
    files = {"task.toml": about, **_FILES[kind]}
    for name, texts in (("visible", _VISIBLE), ("hidden", _HIDDEN)):
        rows = ",\n".join(f"  {json.dumps(_case(kind, text, count))}" for text, count in texts)
        files[f"tests/{name}.json"] = f"[\n{rows}\n]\n"
    written = []
    for path, text in files.items():
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        except OSError as error:
            raise CannotWrite(f"{folder / path}: cannot be written: {error.strerror}") from error
        written.append(folder / path)
    return written


def _case(kind: Kind, text: str, count: int) -> dict[str, Any]:
    if kind == "function":
        return {"kind": "call", "function": "count_words", "args": [text], "expected": count}
    if kind == "program":
        return {"kind": "program", "stdin": text, "expected": f"{count}\n"}
    made = {"new": "WordCounter", "as": "counter", "args": []}
    added = {"on": "counter", "method": "add", "args": [text], "expected": count}
    return {
        "kind": "sequence",
        "steps": [made, added, {"on": "counter", "attribute": "total", "expected": count}],
    }
