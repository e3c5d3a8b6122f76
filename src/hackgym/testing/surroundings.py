"""What a box finds around it: descriptors, environment, imports, and the other box."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading

from hackgym.sandbox import File
from hackgym.testing.frame import Checks, Subject, ended, expect, script

CHECKS = Checks()

_DESCRIPTORS = """
    import os
    kinds = []
    for number in range(4096):
        try:
            kinds.append((number, oct(os.fstat(number).st_mode), os.get_inheritable(number)))
        except OSError:
            pass
    print(kinds)
    os.close(3)
"""
_MARKS = [f"mark-{number:032x}-kram" for number in (0x5EED, 0xFEED, 0xBEEF, 0xCAFE)]
_SCAN = r"""
    import os, re
    own = open("own.txt", "rb").read()
    found = set()
    try:
        with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
            for line in maps:
                span, rights = line.split()[:2]
                if "r" in rights and "[v" not in line:
                    start, end = (int(part, 16) for part in span.split("-"))
                    memory.seek(start)
                    found |= set(re.findall(rb"mark-[0-9a-f]{32}-kram", memory.read(end - start)))
    except OSError:
        pass  # there is no way to look
    print(found <= {own})
    os.close(3)
"""


@CHECKS()
def descriptors(on: Subject) -> None:
    """A box has descriptors 0 to 4 and no other, and the same alone as in a pair."""
    (alone,) = on.boxes(script(_DESCRIPTORS))
    for ran in on.boxes(script(_DESCRIPTORS), script(_DESCRIPTORS)):
        expect(ran.stdout, alone.stdout)
    kinds = eval(alone.stdout, {"__builtins__": {}})  # noqa: S307 - what the script above printed
    found = [(number, inherited) for number, _, inherited in kinds]
    expect(found, [(0, True), (1, True), (2, True), (3, False), (4, False)])


@CHECKS()
def two_boxes_talk(on: Subject) -> None:
    """The boxes of a job talk over their channel (descriptor 3); one sees the other's end."""
    asks = """
        import socket
        channel = socket.socket(fileno=3)
        channel.sendall(b"question")
        print(channel.recv(100), channel.recv(100))
        channel.close()
    """
    answers = """
        import socket
        channel = socket.socket(fileno=3)
        channel.sendall(channel.recv(100)[::-1])
        channel.close()
    """
    first, second = on.boxes(script(asks), script(answers))
    expect((first.stdout, ended(second)), (b"b'noitseuq' b''\n", (0, None, None)))


@CHECKS()
def a_lone_box_hears_the_end(on: Subject) -> None:
    """The channel of a lone box is a socket at whose other end nobody is."""
    source = "import socket; print(socket.socket(fileno=3).recv(100))"
    expect(on.printed(source), "b''\n")


@CHECKS()
def boxes_do_not_share_memory(on: Subject) -> None:
    """No box has another's files in its memory, neither its partner's nor an earlier one's."""
    pair = [script(_SCAN, files={"own.txt": File(mark.encode())}) for mark in _MARKS]
    answers = [*on.boxes(*pair[:2]), *on.boxes(*pair[2:])]
    expect([(ran.stdout, ran.stderr) for ran in answers], [(b"True\n", b"")] * 4)


@CHECKS()
def environment(on: Subject) -> None:
    """A box has a fixed environment, in which nothing is the host's."""
    os.environ["HACKGYM_TEST_SECRET"] = "secret"  # noqa: S105 - a box must not see it
    fresh = on.opened()
    try:
        source = "import json, os; print(json.dumps(dict(os.environ)))"
        variables = json.loads(fresh.printed(source))
    finally:
        del os.environ["HACKGYM_TEST_SECRET"]
        fresh.sandbox.close()
    expect("HACKGYM_TEST_SECRET" in variables, False)
    expect(variables.get("PYTHONHASHSEED"), "0")
    expect(variables.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD"), "1")


@CHECKS()
def mask_and_signals(on: Subject) -> None:
    """The host's file mask and what it does with signals are not the box's."""
    if threading.current_thread() is not threading.main_thread():
        return  # only there can signals be set
    mask = os.umask(0o077)
    handler = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    try:
        fresh = on.opened()
        try:
            expect(fresh.printed("import os; print(oct(os.umask(0)))"), "0o22\n")
            killed = fresh.script("import os; os.kill(os.getpid(), 15)")
        finally:
            fresh.sandbox.close()
    finally:
        os.umask(mask)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGTERM, handler)
    expect(ended(killed), (None, int(signal.SIGTERM), None))


@CHECKS()
def random_numbers(on: Subject) -> None:
    """Two runs draw the same numbers, hash words alike and order sets alike."""
    source = "import random; print(random.random(), hash('word'), list({'a', 'b', 'c'}))"
    expect(on.printed(source), on.printed(source))


@CHECKS()
def preloads(on: Subject) -> None:
    """With the preload `pytest` it has been imported; without, it has not, but can be."""
    source = """
        import sys
        print('pytest' in sys.modules, '_pytest.python' in sys.modules)
        import pytest
    """
    for preload, found in (("", b"False False\n"), ("pytest", b"True True\n")):
        (ran,) = on.boxes(script(source, preload=preload))  # type: ignore[arg-type]  # as listed
        expect((ran.stdout, ran.stderr), (found, b""))


@CHECKS()
def python(on: Subject) -> None:
    """Boxes run the host's version of Python."""
    expect(on.printed("import sys; print(sys.version_info[:2])"), f"{sys.version_info[:2]}\n")


@CHECKS("ipc")
def multiprocessing(on: Subject) -> None:
    """Locks and processes of multiprocessing work: a box has a place of its own for them."""
    source = """
        import multiprocessing
        context = multiprocessing.get_context("fork")
        with context.Lock():
            child = context.Process(target=print, args=("child",), kwargs={"flush": True})
            child.start()
            child.join()
        print(child.exitcode)
    """
    expect(on.printed(source), "child\n0\n")


@CHECKS("files")
def subprocesses_find_the_packages(on: Subject) -> None:
    """Python started within a box finds the packages that the box itself has."""
    source = """
        import subprocess, sys
        subprocess.run([sys.executable, "-c", "import pytest; print(pytest.__name__)"], check=True)
        subprocess.run(["python3", "-c", "import sys; print(sys.version_info[:2])"], check=True)
    """
    expect(on.printed(source), f"pytest\n{sys.version_info[:2]}\n")
