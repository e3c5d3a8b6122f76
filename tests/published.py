"""Rows and folders in the forms in which others publish their sets; all of it written for here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ADD = "a = int(input())\nb = int(input())\nprint(a + b)\n"
PAIRS = [("1\n2\n", "3"), ("4\n-4\n", "0 \n"), ("10\n5\n", "15\r\n\n"), ("0\n7\n", "7\n")]
OBJECTS = [{"input": given, "output": said} for given, said in PAIRS]
COLUMNS = {"input": [each for each, _ in PAIRS[:2]], "output": [said for _, said in PAIRS[:2]]}

APPS: dict[str, Any] = {
    "id": 3,
    "question": "Add two numbers.",
    "solutions": json.dumps(["print 'Python 2'", "print(raw_input())", ADD]),
    "input_output": json.dumps(
        {"inputs": ["1\n2\n", ["4", "-4"], "9\n9"], "outputs": ["3\n", ["0"], "18"]}
    ),
    "difficulty": "interview",
    "url": "https://example.org/add",
    "starter_code": "",
}
METHOD = "class Solution:\n    def dot(self, a: List[int], b: List[int]) -> int:\n"
APPS_CALLS: dict[str, Any] = {
    **APPS,
    "id": 4,
    "starter_code": METHOD,
    "solutions": json.dumps(
        [
            f"{METHOD}        return sum(map(times, a, b))\n",
            f"{METHOD}        return sum(starmap(operator.mul, zip(a, b)))\n",
        ]
    ),
    "input_output": json.dumps(
        {
            "fn_name": "dot",
            "inputs": [[[1, 2], [3, 4]], [[], []], [[5], [6]]],
            "outputs": [11, 0, 30],
        }
    ),
}
CODECONTESTS: dict[str, Any] = {
    "name": "7_A. Add",
    "description": "Add two numbers.",
    "public_tests": COLUMNS,
    "private_tests": OBJECTS[1:],
    "generated_tests": {
        "input": [f"{n}\n1\n" for n in range(99)],
        "output": [f"{n + 1}\n" for n in range(99)],
    },
    "solutions": {"language": [2, 1, 3], "solution": ["int main() {}", "print 1", ADD]},
    "time_limit": {"seconds": 2, "nanos": 500_000_000},
}
LIVE: dict[str, Any] = {
    "question_id": "own_1",
    "question_content": "Add two numbers.",
    "public_test_cases": json.dumps([{**each, "testtype": "stdin"} for each in OBJECTS[:2]]),
    "private_test_cases": json.dumps([{**each, "testtype": "stdin"} for each in OBJECTS]),
    "metadata": "{}",
    "difficulty": "easy",
    "code": ADD,
}
LIVE_CALLS = {
    **LIVE,
    "question_id": "own_2",
    "metadata": json.dumps({"func_name": "longest"}),
    "code": (
        "def longest(words, least):\n"
        "    return max((word for word in words if len(word) > least), default='')\n"
    ),
    "public_test_cases": json.dumps(
        [
            {"input": '["a", "bcd"]\n1', "output": '"bcd"', "testtype": "functional"},
            {"input": '["a"]\n1\n', "output": '""', "testtype": "functional"},
            {"input": '["xy", "abc"]\n2', "output": '"abc"', "testtype": "functional"},
        ]
    ),
    "private_test_cases": "[]",
}
PACK: dict[str, Any] = {
    "task_id": "Python/900",
    "prompt": 'def shout(word: str) -> str:\n    """ Make it loud. """\n',
    "declaration": "def twice(word):\n    return word * 2\n\n\ndef shout(word: str) -> str:\n",
    "canonical_solution": "    return word.upper() + '!'\n",
    "buggy_solution": "    return word.lower() + '!'\n",
    "bug_type": "operator misuse",
    "docstring": "Make it loud.",
    "import": "",
    "test_setup": "",
    "entry_point": "shout",
    "test": (
        "def check(shout):\n    assert shout('a') == 'A!'\n    assert shout(twice('b')) == 'BB!'\n"
        "    assert shout('cD') == 'CD!'\n\ncheck(shout)\n"
    ),
}
ASSERTS: dict[str, Any] = {
    "id": 12,
    "question": "Count the words of a line.",
    "setup_code": (
        "from typing import *\n\n\nclass Line:\n    def __init__(self, text):\n"
        "        self.text = text\n\n\ndef line(text):\n    return Line(text)\n"
    ),
    "solution": (
        "def count(line: Line) -> Optional[int]:\n    return len(line.text.split()) or None\n"
    ),
    "starter_code": "def count(line: Line) -> Optional[int]:\n    ...\n",
    "entry_point": "count",
    "asserts": [
        "assert count(line('a b')) == 2",
        "assert count(Line('')) is None",
        "assert count(Line('a')) == 1",
    ],
}
ASSERTS_CLASS = {
    "prompt": "Triple a number.",
    "code": "class Solution:\n    def triple(self, n: int) -> int:\n        return 3 * n\n",
    "entry_point": "Solution().triple",
    "test_list": [f"assert Solution().triple({n}) == {3 * n}" for n in range(4)],
}
ROWS: dict[str, list[dict[str, Any]]] = {
    "apps": [APPS, APPS_CALLS],
    "codecontests": [CODECONTESTS],
    "livecodebench": [LIVE, LIVE_CALLS],
    "humanevalpack": [PACK, {**PACK, "task_id": "Python/901", "buggy_solution": None}],
    "asserts": [ASSERTS, ASSERTS_CLASS],
}


def checkout(root: Path) -> Path:
    """Programs in the layout of QuixBugs: two that are sound, one on graphs."""
    programs = {
        "gap": (
            "def gap(a, b):\n    return {}\n\n\n'''\nHow far apart.\n'''\n",
            "b - a",
            "abs(b - a)",
        ),
        "odds": (
            "def odds(top):\n    for n in range(top):\n        if {}:\n            yield n\n",
            "n",
            "n % 2",
        ),
        "walk": ("def walk(node):\n    return {}\n", "0", "1"),
    }
    tests = {
        "gap": "[[1, 4], 3]\n[[4, 1], 3]\n\n[[5, 1], 4]\n[[9, 2], 7]\n",
        "odds": "[6, [1, 3, 5]]\n[[4], [1, 3]]\n[[3], [1]]\n",
    }
    for folder in ("python_programs", "correct_python_programs", "json_testcases"):
        (root / folder).mkdir(parents=True)
    for name, (code, buggy, right) in programs.items():
        (root / "python_programs" / f"{name}.py").write_text(code.format(buggy))
        (root / "correct_python_programs" / f"{name}.py").write_text(code.format(right))
    for name, text in tests.items():
        (root / "json_testcases" / f"{name}.json").write_text(text)
    for name in ("node.py", "walk_test.py"):
        (root / "correct_python_programs" / name).write_text("")
    return root
