"""Limits on what a box uses: memory, output, files, scratch space and processes.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

from hackgym.testing.frame import Checks, Subject, Unkept, ended, expect

CHECKS = Checks()

FORKS = """
import os, signal
made = 0
while made < 1000:
    try:
        if not os.fork():
            signal.pause()
    except OSError:
        break
    made += 1
print(made)
"""
"""Starts processes until it may not, and prints how many."""

_UNLIMITED = 1000
_BOMB = """
    import os
    while True:
        try:
            os.fork()
        except OSError:
            pass
"""


@CHECKS()
def memory_limit(on: Subject) -> None:
    """More than `memory_mb` is refused, as a MemoryError, and less is given."""
    over = on.script("x = bytearray(200 << 20)", memory_mb=150)
    expect((ended(over), b"MemoryError" in over.stderr), ((1, None, None), True))
    expect(ended(on.script("x = bytearray(200 << 20)", memory_mb=512)), (0, None, None))


@CHECKS()
def output_limit(on: Subject) -> None:
    """More than `output_kb` of stdout, stderr or report stops a box, and so much is kept."""
    for descriptor, name in ((1, "stdout"), (2, "stderr"), (4, "report")):
        source = f"import os\nwhile True: os.write({descriptor}, b'x' * 65536)"
        ran = on.script(source, output_kb=100)
        expect(ended(ran), (None, None, "output"), name)
        expect(len(getattr(ran, name)), 100 << 10, name)


@CHECKS()
def output_up_to_the_limit(on: Subject) -> None:
    """Output that just reaches the limit is whole, and no reason to stop."""
    source = """
        import os
        print("x" * 1023, flush=True)
        os.write(2, b"e")
        os.write(4, b"r" * 1024)
        os._exit(0)
    """
    ran = on.script(source, output_kb=1)
    expect(ended(ran), (0, None, None))
    expect((ran.stdout, ran.stderr, ran.report), (b"x" * 1023 + b"\n", b"e", b"r" * 1024))


@CHECKS()
def file_limit(on: Subject) -> None:
    """A file cannot grow beyond `file_mb`, and does grow up to it."""
    over = on.script("open('f', 'wb').write(b'x' * (2 << 20))", file_mb=1)
    expect((ended(over), b"File too large" in over.stderr), ((1, None, None), True))
    expect(ended(on.script("open('f', 'wb').write(b'x' * (1 << 20))", file_mb=1)), (0, None, None))


@CHECKS("scratch_limit")
def scratch_limits(on: Subject) -> None:
    """Working and temporary folder hold so many files and bytes, in every run anew."""
    source = """
        import errno, os
        for folder in os.getcwd(), "/tmp":
            made = []
            try:
                for number in range(3000):
                    with open(f"{folder}/scratch{number}", "w"):
                        made.append(f"{folder}/scratch{number}")
            except OSError as error:
                assert error.errno in (errno.ENOSPC, errno.EDQUOT)
            print(900 < len(made) < 1000)
            try:
                with open(made[0], "wb") as file:
                    file.write(bytes(5 << 20))
            except OSError as error:
                print(error.errno in (errno.ENOSPC, errno.EDQUOT))
            for path in made if len(made) == 3000 else ():
                os.unlink(path)
    """
    for _ in range(2):
        expect(on.printed(source, scratch_files=1000, scratch_mb=4).split(), ["True"] * 4)


@CHECKS("process_limit")
def process_limit(on: Subject) -> None:
    """A box starts as many processes as it may, give or take a few, and no more."""
    for most in (24, 48, 24):
        made = int(on.printed(FORKS, processes=most))
        if not most - 4 <= made <= most:
            raise Unkept(made, f"{most - 4} to {most}")


@CHECKS("process_limit")
def fork_bomb(on: Subject) -> None:
    """A fork bomb ends with its box, and the next box runs."""
    if int(on.printed(FORKS)) >= _UNLIMITED:
        raise Unkept("a box without a limit on processes, which is spared the bomb", "a limit")
    expect(ended(on.script(_BOMB, wall_s=1)), (None, None, "wall"))
    expect(on.printed("print('clean')"), "clean\n")
