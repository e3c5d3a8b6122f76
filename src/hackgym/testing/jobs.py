"""Batches, threads, faults, and the end of a sandbox."""

from __future__ import annotations

import contextlib
import os
import threading

from hackgym.errors import SandboxUnavailable
from hackgym.sandbox import Job
from hackgym.testing.frame import Checks, Subject, Unkept, ended, expect, script

CHECKS = Checks()


@CHECKS()
def name_and_isolation(on: Subject) -> None:
    """A sandbox has a name, and says in one line what it keeps apart."""
    for attribute in ("name", "isolation"):
        text = getattr(on.sandbox, attribute)
        if not isinstance(text, str) or not text.strip() or "\n" in text:
            raise Unkept(text, "one line", attribute)


@CHECKS()
def answers_come_in_order(on: Subject) -> None:
    """The answers of a batch come in the order of its jobs, whichever ends first."""
    jobs = [
        Job((script(f"import time; time.sleep({(9 - index) / 100}); print({index})"),))
        for index in range(10)
    ]
    answers = on.sandbox.run(jobs)
    expect([answer and answer[0].stdout for answer in answers], [b"%d\n" % i for i in range(10)])
    expect(on.sandbox.run([]), [])


@CHECKS()
def threads(on: Subject) -> None:
    """Several threads can run jobs at the same time."""
    answers: dict[int, list[str]] = {}

    def work(index: int) -> None:
        answers[index] = [on.printed(f"print({index}, {each})") for each in range(3)]

    helpers = [threading.Thread(target=work, args=(index,)) for index in range(5)]
    for helper in helpers:
        helper.start()
    for helper in helpers:
        helper.join()
    expect(answers, {i: [f"{i} {each}\n" for each in range(3)] for i in range(5)})


@CHECKS()
def one_job_harms_no_other(on: Subject) -> None:
    """Jobs of a batch that crash, loop or talk too much leave the others alone."""
    sources = [
        "import os; os.kill(os.getpid(), 9)",
        "print('well')",
        "while True: pass",
        "print('well')",
        "while True: print('x' * 1000)",
        "print('well')",
    ]
    rans = on.scripts(sources, wall_s=1, output_kb=100)
    expect([ran.stdout for ran in rans[1::2]], [b"well\n"] * 3)
    expect([ended(ran) for ran in rans[::2]][:2], [(None, 9, None), (None, None, "wall")])


@CHECKS()
def a_box_cannot_claim_our_fault(on: Subject) -> None:
    """What a box writes to whatever descriptor there is, it has an answer of its own."""
    source = """
        import os
        for descriptor in range(3, 4096):
            try:
                os.write(descriptor, b"fault")
            except OSError:
                pass
        os._exit(4)
    """
    ran = on.script(source)
    expect((ended(ran), ran.report), ((4, None, None), b"fault"))


@CHECKS()
def nothing_is_there_in_the_next_run(on: Subject) -> None:
    """The working folder of a run holds its files only, and the first process its modules only."""
    leaves = """
        import os, sys
        print(os.listdir(), hasattr(sys, "left"), "LEFT" in os.environ, os.umask(0o77))
        sys.left = os.environ["LEFT"] = "left"
        os.makedirs("left/behind")
        open("left/file", "w").close()
        os.chmod("left", 0)
    """
    for _ in range(3):
        expect(on.printed(leaves), "['main.py'] False False 18\n")


@CHECKS()
def a_fork_of_the_host(on: Subject) -> None:
    """A fork of the host's process can use the sandbox too, and takes nothing from the host."""
    fresh = on.opened()
    try:
        expect(fresh.printed("print(1)"), "1\n")
        child = os.fork()
        if not child:
            status = 1
            try:
                status = int(fresh.printed("print(40)"))
                fresh.sandbox.close()
            finally:
                os._exit(status)
        expect(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 40, "in the fork")
        expect(fresh.printed("print(2)"), "2\n", "after the fork")
    finally:
        fresh.sandbox.close()


@CHECKS()
def close(on: Subject) -> None:
    """A sandbox can be closed twice; used again it runs, or says that it is unavailable."""
    unused = on.opened()
    unused.sandbox.close()
    fresh = on.opened()
    try:
        expect(fresh.printed("print(1)"), "1\n")
        fresh.sandbox.close()
        fresh.sandbox.close()
        with contextlib.suppress(SandboxUnavailable):
            expect(fresh.printed("print(2)"), "2\n", "after its end")
    finally:
        fresh.sandbox.close()
