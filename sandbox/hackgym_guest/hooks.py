"""How a verifier program comes to its stand-ins, wherever it runs the text that calls for them.

The text calls a built-in function, which it can do without an import. Where that would not be
found, it is brought in: `exec` with built-ins of the caller's choice is given it too, and child
processes inherit the channel and come to `in_child` as they start.
"""

from __future__ import annotations

import builtins
import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hackgym_guest import verifier
from hackgym_guest.boundary import Boundary
from hackgym_guest.leaks import ABOUT
from hackgym_guest.naming import STAND_IN
from hackgym_guest.standins import StandIns


def connect(about: dict[str, Any]) -> StandIns:
    """Begin to talk to the submission's process, and have code of this process find stand-ins."""
    stand_ins = StandIns(Boundary(about["channel"], about), about["names"])
    stand_in = functools.partial(_stand_in, stand_ins)
    setattr(builtins, STAND_IN, stand_in)
    _lend_to_limited(stand_in)
    return stand_ins


def _stand_in(stand_ins: StandIns, module: str, *, program: bool = False) -> None:
    """The built-in: its caller's namespace gets stand-ins, or is run over there as a program."""
    frame = sys._getframe(1)
    if not program:
        stand_ins.put(module, frame)
    elif frame.f_globals.get("__name__") == "__main__":
        status, out, err = stand_ins.boundary.call("run_program", sys.argv[1:], sys.stdin.read())
        sys.stderr.write(err)
        sys.stdout.write(out)
        raise SystemExit(status)


def _lend_to_limited(stand_in: Callable[..., None]) -> None:
    """Have code find the built-in also where it is given built-ins of the caller's choice."""
    run = builtins.exec

    def exec_with(source: Any, space: Any = None, local: Any = None, /, **more: Any) -> None:
        caller = sys._getframe(1)
        if space is None:
            space, local = caller.f_globals, caller.f_locals
        if isinstance(space.get("__builtins__"), dict):
            space["__builtins__"].setdefault(STAND_IN, stand_in)
        if isinstance(source, str | bytes):
            # Here, `exec` would inherit the future statements of this module.
            source = compile(source, "<string>", "exec", dont_inherit=True)
        run(source, space, space if local is None else local, **more)

    builtins.exec = exec_with


def reach_children(about: dict[str, Any], folder: str) -> None:
    """Have child processes that run Python find stand-ins as this process does.

    `folder`: an empty one of ours, to leave for them what they need to know.
    """
    Path(folder, "sitecustomize.py").write_text(
        "from hackgym_guest import hooks\n\nhooks.in_child()\n", "utf-8"
    )
    Path(folder, "about.json").write_text(json.dumps(about), "utf-8")
    site = str(Path(verifier.__file__).parent.parent)
    more = {ABOUT: f"{folder}/about.json", "PYTHONPATH": f"{folder}:{site}"}
    os.environ.update(more)
    os.set_inheritable(about["channel"], True)
    start = subprocess.Popen.__init__

    @functools.wraps(start)
    def start_with(self: Any, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("env") is not None:
            kwargs["env"] = {**kwargs["env"], **more}
        kwargs["pass_fds"] = (*kwargs.get("pass_fds", ()), about["channel"])
        start(self, *args, **kwargs)

    subprocess.Popen.__init__ = start_with  # type: ignore[method-assign]


def in_child() -> None:
    """In a child process of a verifier program, as it starts."""
    about = json.loads(Path(os.environ[ABOUT]).read_text("utf-8"))
    connect(about | {"child": True})
