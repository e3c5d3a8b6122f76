"""What comes out of boxes: every byte, each stream for itself.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import hashlib

from hackgym.testing.frame import Checks, Subject, ended, expect, script

CHECKS = Checks()


@CHECKS()
def streams_are_kept_apart(on: Subject) -> None:
    """Stdout, stderr and the report (descriptor 4) come out each for itself, in their order."""
    source = """
        import os
        for number in range(100):
            for descriptor in 1, 2, 4:
                os.write(descriptor, b"%d:%d\\n" % (descriptor, number))
        os._exit(0)
    """
    ran = on.script(source)
    expect(ended(ran), (0, None, None))
    for came, descriptor in ((ran.stdout, 1), (ran.stderr, 2), (ran.report, 4)):
        expect(came, b"".join(b"%d:%d\n" % (descriptor, number) for number in range(100)))


@CHECKS()
def every_byte_comes_out(on: Subject) -> None:
    """NUL, escapes and invalid UTF-8 come out as they were written."""
    whole = bytes(range(256)) + "\u00e9\u2603\U0001f600\x1b[31m\r\n".encode() + b"\xed\xb2\x80"
    source = f"import os; [os.write(each, {whole!r}) for each in (1, 2, 4)]; os._exit(0)"
    ran = on.script(source)
    expect((ran.stdout, ran.stderr, ran.report), (whole, whole, whole))


@CHECKS()
def text_is_utf_8(on: Subject) -> None:
    """What a script prints is UTF-8, and so is what it writes to files."""
    source = "print('\u00e9\u2603\U0001f600'); open('f', 'w').write('\u2603')\n"
    source += "print(open('f', 'rb').read())"
    expect(on.printed(source), "\u00e9\u2603\U0001f600\nb'\\xe2\\x98\\x83'\n")


@CHECKS()
def long_output_is_whole(on: Subject) -> None:
    """Nothing is missing from megabytes on every stream, written at the same time."""
    source = """
        import os, threading
        def write(descriptor):
            for number in range(4096):
                os.write(descriptor, b"%d %d" % (descriptor, number) + b" " * 500)
        threads = [threading.Thread(target=write, args=(each,)) for each in (1, 2, 4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        os._exit(0)
    """
    ran = on.script(source, output_kb=4096)
    for came, descriptor in ((ran.stdout, 1), (ran.stderr, 2), (ran.report, 4)):
        wanted = b"".join(b"%d %d" % (descriptor, each) + b" " * 500 for each in range(4096))
        expect(_digest(came), _digest(wanted), f"descriptor {descriptor}")


@CHECKS()
def output_before_a_crash_is_kept(on: Subject) -> None:
    """What was written before a crash, a time limit or the end of a child comes out."""
    crash = on.script("import os; os.write(1, b'before'); os.abort()")
    expect(crash.stdout, b"before")
    slow = on.script("import os\nos.write(2, b'before')\nwhile True: pass", wall_s=0.5)
    expect((ended(slow), slow.stderr), ((None, None, "wall"), b"before"))
    child = on.printed("import os\nif not os.fork(): os.write(1, b'child'); os._exit(0)\nos.wait()")
    expect(child, "child")


@CHECKS()
def nothing_comes_in(on: Subject) -> None:
    """Standard input is at its end."""
    expect(on.printed("import sys; print(repr(sys.stdin.read()))"), "''\n")


@CHECKS()
def closed_streams_harm_nobody(on: Subject) -> None:
    """A box that closes everything it has still ends, with what it said before."""
    source = "import os; os.write(1, b'x'); os.closerange(0, 4096); os._exit(3)"
    ran, other = on.boxes(script(source), script("import os; os.close(3); print(1)"))
    expect((ended(ran), ran.stdout), ((3, None, None), b"x"))
    expect((ended(other), other.stdout), ((0, None, None), b"1\n"))


def _digest(data: bytes) -> tuple[int, str]:
    return len(data), hashlib.sha256(data).hexdigest()
