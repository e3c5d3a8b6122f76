"""A submission cannot tell the grades apart: what it can see is the same whoever decides.

The probe looks around when it is imported and when it is called, and prints what it saw.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from hackgym.grader import Grader, get_grader
from hackgym.sandbox import Sandbox
from hackgym.submission import Submission
from hackgym.task import Task, make_task

PROBE = """
import json, os, sys

def look():
    frames, frame = [], sys._getframe(1)
    while frame is not None:
        frames.append([os.path.basename(frame.f_code.co_filename), frame.f_code.co_name])
        frame = frame.f_back
    kinds = [oct(os.fstat(fd).st_mode) for fd in range(10) if open_(fd)]
    return {
        "argv": sys.argv,
        "path": sys.path,
        "flags": repr(sys.flags),
        "modules": sorted(sys.modules),
        "main": [getattr(sys.modules["__main__"], n, None) for n in ("__name__", "__file__")],
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "files": sorted(os.listdir(".")),
        "tests": sorted(n for n in dir(sys.modules.get("test_solution", sys.modules["__main__"]))
                        if n.startswith("test_")),
        "descriptors": kinds,
        "frames": [each for each in frames if each[0] != "solution.py"],
        "ids": [os.getpid(), os.getppid(), os.getuid(), os.getgid()],
        "limits": [__import__("resource").getrlimit(each) for each in range(10)],
        "threads": len(sys._current_frames()),
        "trace": [sys.gettrace() is None, sys.getprofile() is None],
        "meta_path": [type(each).__name__ if not isinstance(each, type) else each.__name__
                      for each in sys.meta_path],
    }

def open_(fd):
    try:
        os.fstat(fd)
        return True
    except OSError:
        return False

AT_IMPORT = look()

def probe(number):
    seen = json.dumps({"import": AT_IMPORT, "call": look()})
    print("SEEN" + seen.encode().hex())
    return 0
"""


def _task() -> Task:
    visible = [
        {"kind": "call", "function": "probe", "args": [n], "expected": 17 + n} for n in (1, 2)
    ]
    hidden = [
        {"kind": "call", "function": "probe", "args": [n], "expected": 17 + n} for n in (3, 4)
    ]
    fields = {
        "id": "probe",
        "instruction": "",
        "entry_points": ["probe"],
        "visible": visible,
        "hidden": hidden,
        "reference": {"solution.py": ""},
    }
    return make_task(fields, "here")


def _seen(text: bytes) -> dict[str, Any]:
    found = re.search(rb"SEEN([0-9a-f]{20,})", text)
    assert found, text.decode()[-2000:]
    seen: dict[str, Any] = json.loads(bytes.fromhex(found.group(1).decode()))
    return seen


def _views(jail: Sandbox, grader: Grader) -> dict[str, dict[str, Any]]:
    task, submission = _task(), Submission({"solution.py": PROBE})
    jobs = {"pay": grader.real(task, submission, 1)}
    for name in ("", *sorted(grader.natural)):
        opened = frozenset({name} - {""})
        cases = task.visible + task.hidden if not name else task.visible
        jobs[name or "closed"] = grader.machine(task, submission, cases, task.visible, opened, 1)
    answers = jail.run(list(jobs.values()))
    return {
        name: _seen(ran[0].stdout + ran[0].stderr)
        for name, ran in zip(jobs, answers, strict=True)
        if ran is not None
    }


@pytest.mark.parametrize("name", ["script", "pytest"])
def test_a_submission_sees_the_same_in_every_grade(jail: Sandbox, name: str) -> None:
    grader = get_grader(name)

    views = _views(jail, grader)

    assert len(views) == len(grader.natural) + 2
    pay = views.pop("pay")
    for grade, seen in views.items():
        for moment in ("import", "call"):
            for what, value in pay[moment].items():
                assert value == seen[moment][what], f"{grade}: {what} at the {moment}"
