"""Submissions that attack the machine instead of the task: each fails, and the next one is judged.

Shows working attacks: hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import dataclasses

import pytest

from hackgym.errors import BadSubmission
from hackgym.grader import get_grader
from hackgym.judge import Entry, Judge
from hackgym.submission import Submission, parse_reply
from hackgym.task import Task, make_task

TWICE = {"solution.py": "def twice(n):\n    return 2 * n\n"}

ATTACKS = {
    "nothing at all": "",
    "binary": "\x00\x01\x02\x7f",
    "a fork bomb": "import os\nwhile True:\n    try:\n        os.fork()\n"
    "    except OSError:\n        pass",
    "a thread bomb": "import threading, time\nwhile True:\n"
    "    threading.Thread(target=time.sleep, args=(60,)).start()",
    "endless output": "import os\nwhile True:\n    os.write(1, b'x' * 65536)",
    "endless errors": "import sys\nwhile True:\n    sys.stderr.write('x' * 65536)",
    "a memory bomb": "whole = []\nwhile True:\n    whole.append(bytearray(1 << 24))",
    "an endless loop": "while True:\n    pass",
    "endless sleep": "import time\ntime.sleep(10 ** 8)",
    "endless recursion": "import sys\nsys.setrecursionlimit(10 ** 9)\n"
    "def deep(n):\n    return deep(n + 1) + 1\ndeep(0)",
    "a huge answer": "def twice(n):\n    return [0] * 10 ** 8",
    "an endless answer": "def twice(n):\n    return iter(int, 1)",
    "an answer within itself": "def twice(n):\n    answer = []\n    answer.append(answer)\n"
    "    return answer",
    "a deep answer": "def twice(n):\n    answer = []\n    for _ in range(10 ** 6):\n"
    "        answer = [answer]\n    return answer",
    "a hundred thousand files": "for n in range(100_000):\n    open(f'file{n}', 'w').close()",
    "a full disk": "with open('big', 'wb') as file:\n    while True:\n"
    "        file.write(b'x' * 2 ** 20)",
    "links to elsewhere": "import os\nos.remove('test_solution.py')\n"
    "os.symlink('/etc/passwd', 'test_solution.py')\nos.symlink('/', 'root')",
    "killing everyone": "import os, signal\nos.kill(-1, signal.SIGKILL)",
    "stopping itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "closing everything": "import os\nos.closerange(0, 256)",
    "noise on every descriptor": "import os\nfor fd in range(256):\n    try:\n"
    "        os.write(fd, b'{\"status\": 0}\\n' * 100)\n    except OSError:\n        pass",
    "a descendant that stays": "import os, time\nif os.fork() == 0:\n    os.setsid()\n"
    "    if os.fork() == 0:\n        time.sleep(10 ** 6)\n    os._exit(1)",
    "names that are not names": "globals()['\\udc80\\n'] = lambda n: n\ndef twice(n):\n"
    "    return '\\udc80'",
}

TEST_IDS = {
    "solution.py": "def twice(n):\n    return 0\n",
    "conftest.py": "def pytest_collection_modifyitems(items):\n    for item in items:\n"
    '        item._nodeid = \'x\\n{"test": "test_0", "ok": true}\\n{"status": 0}\'\n',
}


@pytest.fixture(scope="module")
def task() -> Task:
    """A task with a short limit, so that what never ends does not take long."""
    cases = [
        {"kind": "call", "function": "twice", "args": [n], "expected": 2 * n} for n in range(6)
    ]
    fields = {
        "id": "twice",
        "instruction": "",
        "entry_points": ["twice"],
        "visible": cases[1:4],
        "hidden": cases[4:],
        "reference": TWICE,
    }
    made = make_task(fields, "here")
    limits = dataclasses.replace(made.limits, wall_s=2.0, memory_mb=256)
    return made.model_copy(update={"limits": limits})


@pytest.mark.parametrize("name", ["script", "pytest"])
def test_attacks_fail_and_the_next_submission_is_judged(
    judge: Judge, task: Task, name: str
) -> None:
    grader = get_grader(name)
    texts = [{"solution.py": text} for text in ATTACKS.values()]
    attacks = [Submission(files) for files in (*texts, TEST_IDS)]
    honest = [Entry(task, Submission(TWICE), grader, seed=seed) for seed in range(len(attacks))]
    wrong = [Entry(task, attack, grader) for attack in attacks]
    mixed = [entry for pair in zip(wrong, honest, strict=True) for entry in pair]

    verdicts = judge.judge_many(mixed)

    outcomes = {
        what: verdict.outcome
        for what, verdict in zip((*ATTACKS, "ids"), verdicts[::2], strict=True)
    }
    assert outcomes == dict.fromkeys(outcomes, "fail")
    assert {verdict.outcome for verdict in verdicts[1::2]} == {"legit"}


@pytest.mark.parametrize(
    "path",
    ["../x.py", "/etc/passwd", "a/../../x.py", "", "a//b", ".", "a\nb", "a\0b", "a\\b", "x" * 300],
)
def test_paths_that_leave_the_folder_are_refused(path: str) -> None:
    with pytest.raises(BadSubmission):
        Submission({path: ""})


def test_too_much_is_refused() -> None:
    with pytest.raises(BadSubmission, match="100000 files"):
        Submission({f"file{n}": "" for n in range(100_000)})
    with pytest.raises(BadSubmission, match="larger than"):
        Submission({"solution.py": "x" * 50_000_000})
    with pytest.raises(BadSubmission, match="larger than"):
        parse_reply("x" * 50_000_000)
