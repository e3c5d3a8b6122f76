"""Landlock keeps a process from what is not granted, and from others than its own.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hackgym_guest import landlock

NEEDED = pytest.mark.skipif(
    landlock.version() < landlock.SCOPES, reason="this kernel's Landlock is older"
)


def apart(source: str) -> str:
    """What a Python process prints that has forbidden itself to gain privileges."""
    head = "import os\nfrom hackgym_guest import landlock, linux\n"
    head += "linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)\n"
    done = subprocess.run(
        [sys.executable, "-c", head + source], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@NEEDED
def test_landlock_leaves_what_it_is_told_to(tmp_path: Path) -> None:
    for name in ("look", "list", "change", "else"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("text")
    source = f"""
import socket
top = {str(tmp_path)!r}
rights = {{top + "/look": landlock.LOOK, top + "/list": landlock.LIST}}
landlock.restrict(rights | {{top + "/change": landlock.CHANGE}}, tcp=False)
def works(attempt):
    try:
        return attempt() is not False
    except OSError:
        return False
for name in "look", "list", "change", "else":
    path = f"{{top}}/{{name}}"
    print(
        name,
        works(lambda: os.listdir(path)),
        works(lambda: open(path + "/file").read()),
        works(lambda: open(path + "/file", "a").write("x")),
        works(lambda: os.truncate(path + "/file", 1)),
        works(lambda: os.mkdir(path + "/new")),
        works(lambda: os.rename(path + "/new", path + "/newer")),
        works(lambda: os.mknod(path + "/device", 0o020666, os.makedev(1, 3))),
    )
print(works(lambda: os.kill(os.getppid(), 0)), works(lambda: os.kill(os.getpid(), 0)))
print(works(lambda: socket.create_server(("127.0.0.1", 0)).close()))
"""
    assert apart(source).splitlines() == [
        "look True True False False False False False",
        "list True False False False False False False",
        "change True True True True True True False",
        "else False False False False False False False",
        "False True",
        "False",
    ]


@NEEDED
def test_an_enclosed_process_kills_its_own_only(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "file").touch()
    source = f"""
import signal, time
from hackgym_guest import remains
parent = os.getpid()
def child():
    while os.getppid() == parent:
        time.sleep(0.05)
    os._exit(0)
before = os.fork() or child()
landlock.enclose()
after = os.fork() or child()
os.rename({str(tmp_path / "a" / "file")!r}, {str(tmp_path / "file")!r})
remains.kill_enclosed()
print(os.waitpid(after, 0)[1], os.waitpid(before, os.WNOHANG))
try:
    os.kill(before, 9)
except PermissionError:
    print("refused")
"""
    assert apart(source) == "9 (0, 0)\nrefused\n"
