"""The files that are laid into a box."""

from __future__ import annotations

import hashlib
import json
import random

from hackgym.sandbox import Box, File, Job, Limits
from hackgym.testing.frame import PROGRAM, Checks, Subject, expect, script

CHECKS = Checks()

_LIST = """
import hashlib, json, os
found = {}
for top, folders, files in os.walk("."):
    for name in files:
        path = os.path.join(top, name)
        about = os.stat(path)
        data = open(path, "rb").read()
        found[path[2:]] = [len(data), hashlib.sha256(data).hexdigest(), oct(about.st_mode & 0o777)]
print(json.dumps(found))
"""
_ODD_NAMES = (
    "with space",
    ".hidden",
    "-rf",
    "new\nline",
    "back\\slash",
    "\u2603",
    "\u00e9",
    "e\u0301",  # the same to the eye
    "Case",
    "case",
    "n" * 255,
    "deep/" * 40 + "file",
    "con.py",
    "$(touch x); 'quote' \"double\"",
)
_OUTSIDE = ("../out", "/tmp/out", "main.py/x", "a/../../out")  # noqa: S108 - what must be refused


@CHECKS()
def files_are_laid_as_given(on: Subject) -> None:
    """Every byte, path and mode of the files is as it was given, and no file more."""
    large = random.Random(0).randbytes(8 << 20)
    files = {
        "deep/er/data": File(large),
        "run": File(b"#!/bin/sh\n", executable=True),
        "empty": File(b""),
        "zeros": File(bytes(1000)),
        **{name: File(name.encode()) for name in _ODD_NAMES},
    }
    box = Box(PROGRAM, {"main.py": File(_LIST.encode()), **files}, limits=Limits(output_kb=64))
    (ran,) = on.boxes(box)
    expect(ran.stderr, b"")
    wanted = {
        path: [len(file.data), hashlib.sha256(file.data).hexdigest(), _mode(file)]
        for path, file in box.files.items()
    }
    expect(json.loads(ran.stdout), wanted)


@CHECKS()
def many_files(on: Subject) -> None:
    """A box can have a thousand files."""
    files = {f"folder{number % 30}/{number}": File(b"%d" % number) for number in range(1000)}
    source = "import pathlib; print(sum(int(p.read_bytes()) for p in pathlib.Path().glob('*/*')))"
    (ran,) = on.boxes(script(source, files=files))
    expect((ran.stdout, ran.stderr), (b"%d\n" % sum(range(1000)), b""))


@CHECKS()
def files_can_be_changed(on: Subject) -> None:
    """A box can write, run, move and remove what was laid for it."""
    source = """
        import os, subprocess
        open("data", "a").write("more")
        os.rename("data", "moved")
        print(open("moved").read(), os.path.exists("data"))
        os.remove("moved")
        os.makedirs("a/b")
        print(subprocess.run(["./run"], capture_output=True, text=True).stdout)
    """
    files = {"data": File(b"some"), "run": File(b"#!/bin/sh\necho ran\n", executable=True)}
    (ran,) = on.boxes(script(source, files=files))
    expect((ran.stdout, ran.stderr), (b"somemore False\nran\n\n", b""))


@CHECKS()
def what_cannot_be_laid_is_our_fault(on: Subject) -> None:
    """A job whose files cannot be laid has no answer (None), and the next one has."""
    good = script("print('well')")
    wrong = [script("pass", files={path: File(b"")}) for path in _OUTSIDE]
    for path, box in zip(_OUTSIDE, wrong, strict=True):
        expect(on.sandbox.run([Job((box,))]), [None], path)
        expect(on.sandbox.run([Job((good, box))]), [None], path)
    answers = on.sandbox.run([Job((good,)), Job((wrong[0],)), Job((good,))])
    expect([answer and answer[0].stdout for answer in answers], [b"well\n", None, b"well\n"])


def _mode(file: File) -> str:
    return oct(0o755 if file.executable else 0o644)
