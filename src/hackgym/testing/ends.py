"""How boxes end: by themselves, by a signal, and by their limits on time.

Shows ways of ending early: hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import signal
from typing import Any

from hackgym.sandbox import Box, Limits
from hackgym.testing.frame import PROGRAM, Checks, Subject, Unkept, ended, expect, script

CHECKS = Checks()

_STATUSES = {
    "pass": 0,
    "import sys; sys.exit(7)": 7,
    "exit(3)": 3,
    "import sys; sys.exit(-1)": 255,
    "import sys; sys.exit('words')": 1,
    "1 / 0": 1,
    "import os; os._exit(9)": 9,
    "import atexit, os; atexit.register(os._exit, 5)": 5,
    "import os; os.closerange(0, 100); os._exit(6)": 6,
}
_SIGNALS = {
    "import os; os.kill(os.getpid(), 9)": signal.SIGKILL,
    "import os; os.kill(os.getpid(), 15)": signal.SIGTERM,
    "import os; os.abort()": signal.SIGABRT,
    "import signal; signal.alarm(1); signal.pause()": signal.SIGALRM,
    "import ctypes; ctypes.string_at(0)": signal.SIGSEGV,
}
_ENDLESS = (
    "while True: pass",
    "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
    "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass",
    "import threading; threading.Thread(target=threading.Event().wait).start()",
)
_RECURSION = """
    import sys
    sys.setrecursionlimit(10**9)
    class Nested:
        def __eq__(self, other):
            return [Nested()] == [Nested()]
    Nested() == Nested()
"""


@CHECKS()
def exit_statuses(on: Subject) -> None:
    """The exit code of a box is that of the script as `python` runs it."""
    came = {each: ended(ran) for each, ran in _each(on, list(_STATUSES))}
    expect(came, {each: (status, None, None) for each, status in _STATUSES.items()})


@CHECKS()
def signals(on: Subject) -> None:
    """A box that dies by a signal is told to have died by it."""
    came = {each: ended(ran) for each, ran in _each(on, list(_SIGNALS))}
    expect(came, {each: (None, int(number), None) for each, number in _SIGNALS.items()})


@CHECKS()
def recursion(on: Subject) -> None:
    """Recursion without end is the crash of its box, and of nothing else."""
    expect(ended(on.script(_RECURSION)), (None, int(signal.SIGSEGV), None))


@CHECKS()
def end_of_the_interpreter(on: Subject) -> None:
    """A script ends as in an interpreter: threads, exit functions, then a flush."""
    source = """
        import atexit, sys, threading
        atexit.register(print, "at exit")
        threading.Timer(0.1, print, ["in a thread"]).start()
        sys.stdout.write("no newline, ")
    """
    expect(on.printed(source), "no newline, in a thread\nat exit\n")


@CHECKS()
def wall_limit(on: Subject) -> None:
    """What does not end is stopped after `wall_s`, whatever it does against that."""
    for source in _ENDLESS:
        ran = on.script(source, wall_s=0.5)
        expect(ended(ran), (None, None, "wall"), source)
        if not 0.5 <= ran.wall_s < 10:  # noqa: PLR2004 - a box's limit, and patience
            raise Unkept(ran.wall_s, "a little over 0.5", source)


@CHECKS()
def a_fast_death_is_no_timeout(on: Subject) -> None:
    """A box that dies by a signal while it has time left was not stopped."""
    ran = on.script("import os; os.kill(os.getpid(), 9)", wall_s=60)
    expect(ended(ran), (None, int(signal.SIGKILL), None))


@CHECKS()
def the_end_does_not_wait_for_children(on: Subject) -> None:
    """A child that holds the output open does not delay the end of its box."""
    source = "import os\nif not os.fork():\n    os.setsid()\n    import time\n    time.sleep(50)\n"
    ran = on.script(source + "print('done')", wall_s=60)
    expect((ended(ran), ran.stdout), ((0, None, None), b"done\n"))
    if ran.wall_s >= 30:  # noqa: PLR2004 - less than the child's sleep
        raise Unkept(ran.wall_s, "less than the child sleeps")


@CHECKS()
def strays_die_with_their_box(on: Subject) -> None:
    """No process of a box outlives it: its end of the channel closes although a stray held it."""
    leaves = """
        import os
        read, write = os.pipe()
        if not os.fork():
            os.setsid()
            if not os.fork():
                for descriptor in 0, 1, 2, 4:
                    os.close(descriptor)
                os.write(write, b"!")
                import time
                time.sleep(50)
            os._exit(0)
        os.read(read, 1)
        os.close(3)
    """
    waits = "import socket; print(socket.socket(fileno=3).recv(1))"
    first, second = on.boxes(script(leaves), Box(PROGRAM, script(waits).files, "", Limits(30)))
    expect(ended(first), (0, None, None))
    expect((ended(second), second.stdout), ((0, None, None), b"b''\n"))


def _each(on: Subject, sources: list[str]) -> list[tuple[str, Any]]:
    return list(zip(sources, on.scripts(sources), strict=True))
