"""What boxes can do, cannot do, and leave behind: real runs in every sandbox of this machine.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import textwrap
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import hackgym
import hackgym_guest
from hackgym.errors import SandboxUnavailable
from hackgym.sandbox import Box, File, Job, Limits, Preload, Ran, Sandbox, open_sandbox
from hackgym.sandboxes.pool import Pool
from hackgym_guest import seccomp

PROGRAM = {"runner": "script", "role": "pay", "main": "main.py"}


def opened(name: str, workers: int | None = 2) -> Sandbox:
    try:
        return open_sandbox(name, workers)
    except SandboxUnavailable as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module", params=["jail", "process"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    sandbox = opened(request.param)
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="module")
def jail() -> Iterator[Sandbox]:
    jail = opened("jail")
    yield jail
    jail.close()


def box(source: str, limits: Limits | None = None, preload: Preload = "", **files: bytes) -> Box:
    """A box that runs a source as a script; the words of other files' names end in `_txt`."""
    laid = {"main.py": File(textwrap.dedent(source).encode())}
    laid |= {name.replace("_", "."): File(data) for name, data in files.items()}
    return Box(PROGRAM, laid, preload, limits or Limits())


def runs(sandbox: Sandbox, *boxes: Box) -> tuple[Ran, ...]:
    (answer,) = sandbox.run([Job(boxes)])
    assert answer is not None
    return answer


def run(sandbox: Sandbox, source: str, **limits: float) -> Ran:
    return runs(sandbox, box(source, Limits(**limits)))[0]  # type: ignore[arg-type]  # ints too


def printed(sandbox: Sandbox, source: str, **limits: float) -> str:
    ran = run(sandbox, source, **limits)
    assert (ran.exit_code, ran.stderr) == (0, b"")
    return ran.stdout.decode()


def ended(ran: Ran) -> tuple[int | None, int | None, str | None]:
    return ran.exit_code, ran.signal, ran.stopped


def processes_with(marker: str) -> list[int]:
    """Processes of this machine that have the marker among their arguments."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether something that the kernel does in its own time comes about within 10 s."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if condition():
            return True
        threading.Event().wait(0.02)
    return False


# How a box ends.


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("pass", 0),
        ("import sys; sys.exit(7)", 7),
        ("exit(3)", 3),
        ("import sys; sys.exit(-1)", 255),
        ("import sys; sys.exit('words')", 1),
        ("1 / 0", 1),
        ("import os; os._exit(9)", 9),
        ("import atexit, os; atexit.register(os._exit, 5)", 5),
        ("import os; os.closerange(0, 100); os._exit(6)", 6),
    ],
)
def test_exit_statuses_are_those_of_a_script(sandbox: Sandbox, source: str, status: int) -> None:
    assert ended(run(sandbox, source)) == (status, None, None)


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("import os; os.kill(os.getpid(), 9)", signal.SIGKILL),
        ("import os; os.kill(os.getpid(), 15)", signal.SIGTERM),
        ("import os; os.abort()", signal.SIGABRT),
        ("import signal; signal.alarm(1); signal.pause()", signal.SIGALRM),
        ("import ctypes; ctypes.string_at(0)", signal.SIGSEGV),
    ],
)
def test_a_box_dies_by_its_own_signals(sandbox: Sandbox, source: str, number: int) -> None:
    assert ended(run(sandbox, source)) == (None, number, None)


def test_recursion_without_end_is_the_boxs_own_crash(sandbox: Sandbox) -> None:
    source = """
        import sys
        sys.setrecursionlimit(10**9)
        class Nested:
            def __eq__(self, other):
                return [Nested()] == [Nested()]
        Nested() == Nested()
    """
    assert ended(run(sandbox, source)) == (None, signal.SIGSEGV, None)


def test_the_end_of_a_script_is_that_of_an_interpreter(sandbox: Sandbox) -> None:
    source = """
        import atexit, sys, threading
        atexit.register(print, "at exit")
        threading.Timer(0.1, print, ["in a thread"]).start()
        sys.stdout.write("no newline, ")
    """
    assert printed(sandbox, source) == "no newline, in a thread\nat exit\n"


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass",
        "import threading; threading.Thread(target=threading.Event().wait).start()",
    ],
)
def test_the_wall_limit_ends_a_box(sandbox: Sandbox, source: str) -> None:
    ran = run(sandbox, source, wall_s=0.5)
    assert ended(ran) == (None, None, "wall")
    assert 0.5 <= ran.wall_s < 5


def test_a_child_that_holds_the_output_open_does_not_delay_the_end(sandbox: Sandbox) -> None:
    source = "import subprocess\nsubprocess.Popen(['sleep', '100'])\nprint('done')"
    ran = run(sandbox, source, wall_s=60)
    assert (ended(ran), ran.stdout) == ((0, None, None), b"done\n")
    assert ran.wall_s < 30


@pytest.mark.parametrize("descriptor", [1, 2, 4])
def test_the_output_limit_ends_a_box(sandbox: Sandbox, descriptor: int) -> None:
    source = f"import os\nwhile True: os.write({descriptor}, b'x' * 65536)"
    ran = run(sandbox, source, output_kb=100)
    assert ended(ran) == (None, None, "output")
    assert len({1: ran.stdout, 2: ran.stderr, 4: ran.report}[descriptor]) == 100 << 10


def test_output_up_to_the_limit_is_kept(sandbox: Sandbox) -> None:
    source = "import os; print('x' * 1023); os.write(2, b'e'); os.write(4, b'r' * 1024)"
    source += "; import sys; sys.stdout.flush(); os._exit(0)"
    ran = run(sandbox, source, output_kb=1)
    assert ended(ran) == (0, None, None)
    assert (len(ran.stdout), ran.stderr, ran.report) == (1024, b"e", b"r" * 1024)


# Limits.


def test_too_much_memory_is_refused(sandbox: Sandbox) -> None:
    ran = run(sandbox, "x = bytearray(200 << 20)", memory_mb=150)
    assert ended(ran) == (1, None, None)
    assert b"MemoryError" in ran.stderr


def test_a_file_has_a_largest_size(sandbox: Sandbox) -> None:
    ran = run(sandbox, "open('f', 'wb').write(b'x' * (2 << 20))", file_mb=1)
    assert ended(ran) == (1, None, None)
    assert b"File too large" in ran.stderr


def test_scratch_space_ends_and_is_back_in_the_next_run(jail: Sandbox) -> None:
    source = """
        import errno
        for folder in "/box", "/tmp":
            made = 0
            try:
                for made in range(100_000):
                    open(f"{folder}/{made}", "w").close()
            except OSError as error:
                assert error.errno == errno.ENOSPC
            print(900 < made < 1000)
            try:
                with open(f"{folder}/0", "wb") as file:
                    file.write(bytes(5 << 20))
            except OSError as error:
                print(error.errno == errno.ENOSPC)
    """
    for _ in range(2):
        text = printed(jail, source, scratch_files=1000, scratch_mb=4)
        assert text.split() == ["True"] * 4


COUNT_PROCESSES = """
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


def test_a_box_has_only_so_many_processes(jail: Sandbox) -> None:
    assert 20 <= int(printed(jail, COUNT_PROCESSES, processes=24)) <= 24


def test_a_fork_bomb_ends_with_its_box(jail: Sandbox) -> None:
    bomb = """
        import os
        while True:
            try:
                os.fork()
            except OSError:
                pass
    """
    assert ended(run(jail, bomb, wall_s=1)) == (None, None, "wall")
    assert printed(jail, "print('clean')") == "clean\n"


# What a box finds.


def test_descriptors_look_the_same_alone_and_in_a_pair(jail: Sandbox) -> None:
    source = """
        import os
        kinds = []
        for number in range(256):
            try:
                kinds.append((number, oct(os.fstat(number).st_mode), os.get_inheritable(number)))
            except OSError:
                pass
        print(kinds)
        os.close(3)
    """
    (alone,) = runs(jail, box(source))
    pair = runs(jail, box(source), box(source))
    assert {ran.stdout for ran in pair} == {alone.stdout}
    kinds = eval(alone.stdout)
    assert [(number, inherited) for number, _, inherited in kinds] == [
        (0, True),
        (1, True),
        (2, True),
        (3, False),
        (4, False),
    ]


def test_the_boxes_of_a_job_talk_over_their_channel(sandbox: Sandbox) -> None:
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
    first, second = runs(sandbox, box(asks), box(answers))
    assert first.stdout == b"b'noitseuq' b''\n"  # the other box's end is seen as one
    assert ended(second) == (0, None, None)


def test_boxes_have_nothing_but_their_own_files_in_memory(sandbox: Sandbox) -> None:
    scan = r"""
        import os, re
        own = open("own.txt", "rb").read()
        found = set()
        with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
            for line in maps:
                span, rights = line.split()[:2]
                if "r" in rights and "[v" not in line:
                    start, end = (int(part, 16) for part in span.split("-"))
                    memory.seek(start)
                    found |= set(re.findall(rb"mark-[0-9a-f]{32}-kram", memory.read(end - start)))
        print(found == {own})
        os.close(3)
    """
    if sys.platform != "linux":
        pytest.skip("there is no /proc to read memory by")
    marks = [f"mark-{uuid.uuid4().hex}-kram".encode() for _ in range(4)]
    pair = [box(scan, own_txt=mark) for mark in marks]
    answers = [*runs(sandbox, *pair[:2]), *runs(sandbox, *pair[2:])]
    assert [(ran.stdout, ran.stderr) for ran in answers] == [(b"True\n", b"")] * 4


def test_a_box_has_a_fixed_environment(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.setenv("HACKGYM_TEST_SECRET", "secret")
    fresh = opened(sandbox.name, 1)
    try:
        text = printed(fresh, "import json, os; print(json.dumps(dict(os.environ)))")
    finally:
        fresh.close()
    variables = json.loads(text)
    assert "HACKGYM_TEST_SECRET" not in variables
    assert variables["PYTHONHASHSEED"] == "0"


def test_two_runs_draw_the_same_numbers(sandbox: Sandbox) -> None:
    source = "import random; print(random.random(), hash('word'), list({'a', 'b', 'c'}))"
    assert printed(sandbox, source) == printed(sandbox, source)


def test_the_pytest_preload_has_pytest_and_the_other_does_not(sandbox: Sandbox) -> None:
    source = "import sys; print('pytest' in sys.modules, '_pytest.python' in sys.modules)"
    assert runs(sandbox, box(source))[0].stdout == b"False False\n"
    assert runs(sandbox, box(source, preload="pytest"))[0].stdout == b"True True\n"


def test_subprocesses_of_a_box_find_the_same_packages(jail: Sandbox) -> None:
    source = """
        import subprocess, sys
        subprocess.run([sys.executable, "-c", "import pytest; print(pytest.__name__)"], check=True)
        subprocess.run(["python3", "-c", "import sys; print(sys.version_info[:2])"], check=True)
    """
    assert printed(jail, source) == f"pytest\n{sys.version_info[:2]}\n"


def test_numpy_works_where_it_is_installed(sandbox: Sandbox) -> None:
    pytest.importorskip("numpy")
    assert printed(sandbox, "import numpy; print(numpy.eye(3).sum())") == "3.0\n"


def test_locks_and_processes_of_multiprocessing_work(jail: Sandbox) -> None:
    source = """
        import multiprocessing
        context = multiprocessing.get_context("fork")
        with context.Lock():
            child = context.Process(target=print, args=("child",), kwargs={"flush": True})
            child.start()
            child.join()
        print(child.exitcode)
    """
    assert printed(jail, source) == "child\n0\n"


# What a box of the jail cannot do.


def test_a_box_has_no_privilege(jail: Sandbox) -> None:
    text = printed(jail, "print(open('/proc/self/status').read())")
    status = dict(re.findall(r"(?m)^(\w+):[ \t]*(.*?)[ \t]*$", text))
    assert set(status["Uid"].split()) == set(status["Gid"].split()) == {"1000"}
    for kind in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(status[kind], 16) == 0, kind
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    if os.geteuid() == 0:
        assert status["Groups"] == ""


def test_the_users_of_a_box_are_nobody_on_the_host(jail: Sandbox) -> None:
    if os.geteuid() != 0:
        pytest.skip("an ordinary user has no other ids to give")
    marker = f"{60 + uuid.uuid4().int % 10**9 / 10**9:.9f}"
    seen: list[int] = []

    def look() -> bool:
        with contextlib.suppress(OSError):  # one has just ended
            seen.extend(Path(f"/proc/{each}").stat().st_uid for each in processes_with(marker))
        return bool(seen)

    command = f"import subprocess; subprocess.run(['sleep', '{marker}'])"
    helper = threading.Thread(target=run, args=(jail, command), kwargs={"wall_s": 2})
    helper.start()
    found = eventually(look)
    helper.join()
    assert found
    assert min(seen) >= 2_000_000_000


def test_there_is_no_network(jail: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        source = f"""
            import socket
            for address in ("127.0.0.1", {port}), ("1.1.1.1", 53):
                try:
                    socket.create_connection(address, timeout=2)
                except OSError as error:
                    print(type(error).__name__)
        """
        text = printed(jail, source)
    assert text == "OSError\nOSError\n"


def test_abstract_sockets_do_not_join_boxes(jail: Sandbox) -> None:
    listens = """
        import socket
        server = socket.socket(socket.AF_UNIX)
        server.bind("\\0meeting")
        server.listen()
        channel = socket.socket(fileno=3)
        channel.sendall(b"!")
        channel.recv(1)
        channel.close()
    """
    connects = """
        import socket
        channel = socket.socket(fileno=3)
        channel.recv(1)
        try:
            socket.socket(socket.AF_UNIX).connect("\\0meeting")
        except ConnectionRefusedError:
            print("refused")
        channel.close()
    """
    assert runs(jail, box(listens), box(connects))[1].stdout == b"refused\n"


def test_the_hosts_files_are_not_there(jail: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    package = Path(hackgym.__file__).parent
    paths = [
        "/etc/shadow",
        "/etc/hostname",
        "/home",
        "/var",
        "/run",
        "/sys/kernel",
        "/proc/sys",
        "/proc/1/root",
        "/usr/share/doc",
        str(tmp_path / "secret"),
        str(package),
        str(package.parent.parent / "environments"),
        str(package / "environments"),
        str(Path(__file__)),
        str(Path(hackgym_guest.__file__)),
        str(Path.home() / ".ssh"),
        str(Path.home() / ".bashrc"),
        sys.prefix + "/pyvenv.cfg",
    ]
    source = f"""
        import importlib.util, os
        print([path for path in {paths!r} if os.path.exists(path)])
        names = "hackgym", "gymnasium", "pydantic", "hypothesis", "pip", "pydevd"
        print([name for name in names if importlib.util.find_spec(name)])
    """
    assert printed(jail, source) == "[]\n[]\n"


def test_no_folder_of_a_box_holds_hackgyms_own_modules(jail: Sandbox) -> None:
    source = """
        import os
        for top, folders, files in os.walk("/"):
            if top in ("/proc", "/dev"):
                folders.clear()
            if "hackgym" in folders or "task.toml" in files:
                print(top)
    """
    assert printed(jail, source) == ""


def test_only_the_working_folders_can_be_written_to(jail: Sandbox) -> None:
    source = """
        import os
        for top, folders, files in os.walk("/"):
            if top in ("/proc", "/dev", "/box", "/tmp"):
                folders.clear()
                files.clear()
            for path in top, *(f"{top}/{name}" for name in files):
                if os.access(path, os.W_OK) and not os.path.islink(path):
                    print(path)
        for path in "/proc/self/oom_score_adj", "/proc/self/mem", "/new":
            try:
                open(path, "r+b").close()
            except OSError:
                continue
            print(path)
    """
    assert set(printed(jail, source, wall_s=30).split()) == {"/box", "/tmp"}


def test_other_processes_are_not_to_be_seen_or_reached(jail: Sandbox) -> None:
    source = """
        import os
        print([name for name in os.listdir("/proc") if name.isdigit()] == [str(os.getpid())])
        for reach in (
            lambda: open("/proc/1/environ"),
            lambda: os.kill(os.getppid(), 9),
            lambda: os.kill(-1, 0) or os.kill(3, 0),
        ):
            try:
                reach()
            except OSError:
                continue
            print("reached")
    """
    text = printed(jail, source)
    # To signal the supervisor is allowed where it has the box's user, and does nothing to it.
    assert text.split() in (["True"], ["True", "reached"])


DENIED = {
    "unshare": (0x10000000,),
    "setns": (0, 0),
    "mount": (0, 0, 0, 0, 0),
    "umount2": (0, 0),
    "pivot_root": (0, 0),
    "chroot": (0,),
    "ptrace": (0, 0, 0, 0),
    "process_vm_readv": (1, 0, 0, 0, 0, 0),
    "bpf": (0, 0, 0),
    "perf_event_open": (0, 0, -1, -1, 0),
    "io_uring_setup": (1, 0),
    "userfaultfd": (0,),
    "keyctl": (0, 0, 0, 0, 0),
    "add_key": (0, 0, 0, 0, 0),
    "open_by_handle_at": (0, 0, 0),
    "name_to_handle_at": (0, 0, 0, 0, 0),
    "shmget": (0, 4096, 0o1600),
    "mq_open": (0, 0, 0, 0),
    "memfd_create": (0, 0),
    "fsopen": (0, 0),
    "clone": (0x10000000 | 17, 0, 0, 0, 0),
    "socket": (16, 3, 0),
    "ioctl": (0, 0x100005412, 0),
    "personality": (0x0040000,),
    "prlimit64": (1, 0, 0, 0),
    "sched_setaffinity": (1, 0, 0),
}
CHECKED = {
    "clone": (56, 220),
    "socket": (41, 198),
    "ioctl": (16, 29),
    "personality": (135, 92),
    "prlimit64": (302, 261),
    "sched_setaffinity": (203, 122),
}


def test_system_calls_that_a_box_has_no_use_for_are_refused(jail: Sandbox) -> None:
    column = list(seccomp.ARCHITECTURES).index(os.uname().machine)
    calls = {
        name: ({**seccomp.REFUSED, **CHECKED}[name][column], arguments)
        for name, arguments in DENIED.items()
    }
    source = f"""
        import ctypes, errno
        libc = ctypes.CDLL(None, use_errno=True)
        for name, (number, arguments) in {calls!r}.items():
            ctypes.set_errno(0)
            result = libc.syscall(number, *(ctypes.c_long(each) for each in arguments))
            print(name, result, errno.errorcode.get(ctypes.get_errno()))
        libc.syscall(435, None, 0)
        print(errno.errorcode[ctypes.get_errno()], libc.personality(ctypes.c_long(0xFFFFFFFF)))
    """
    *refused, allowed = printed(jail, source).splitlines()
    assert refused == [
        f"{name} -1 {'EAFNOSUPPORT' if name == 'socket' else 'EPERM'}" for name in DENIED
    ]
    assert allowed == "ENOSYS 0"


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="its other ways into the kernel")
def test_the_other_ways_into_the_kernel_kill(jail: Sandbox) -> None:
    x32 = "import ctypes; ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 + 39))"
    assert ended(run(jail, x32)) == (None, signal.SIGSYS, None)
    i386 = """
        import ctypes, mmap
        code = mmap.mmap(-1, 4096, prot=7)
        code.write(bytes.fromhex("b814000000cd80c3"))  # mov eax, 20; int 0x80; ret
        ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
    """
    assert ended(run(jail, i386)) == (None, signal.SIGSYS, None)


def decision(code: bytes, architecture: int, number: int, *arguments: int) -> Any:
    """What a filter says to a system call: a small interpreter of the steps that it may have."""
    data = struct.pack("=IIQ6Q", number, architecture, 0, *arguments, *[0] * (6 - len(arguments)))
    at = accumulator = 0
    while True:
        step, if_true, if_false, value = struct.unpack_from("=HBBI", code, at * 8)
        at += 1
        if step == 0x20:
            (accumulator,) = struct.unpack_from("=I", data, value)
        elif step == 0x54:
            accumulator &= value
        elif step == 0x15:
            at += if_true if accumulator == value else if_false
        elif step == 0x35:
            at += if_true if accumulator >= value else if_false
        else:
            assert step == 0x06
            return value


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_of_each_machine(machine: str) -> None:
    code, architecture = seccomp.build(machine), seccomp.ARCHITECTURES[machine]
    column = list(seccomp.ARCHITECTURES).index(machine)
    refused = {numbers[column] for numbers in seccomp.REFUSED.values()} - {None}
    checked = {check.numbers[column] for check in seccomp.CHECKS} - {None} | {435}
    for number in range(500):
        verdict = decision(code, architecture, number)
        if number in refused:
            assert verdict == seccomp.ERRNO | 1
        elif number not in checked:
            assert verdict == seccomp.ALLOW
    clone, sock = CHECKED["clone"][column], CHECKED["socket"][column]
    assert decision(code, architecture, clone, 17) == seccomp.ALLOW
    assert decision(code, architecture, clone, 17 | 0x20000) == seccomp.ERRNO | 1
    assert decision(code, architecture, sock, 1 | 1 << 32) == seccomp.ALLOW
    assert decision(code, architecture, sock, 40) == seccomp.ERRNO | 97
    assert decision(code, 0x40000003, 1) == seccomp.KILL
    if machine == "x86_64":
        assert decision(code, architecture, 0x40000000 | 1) == seccomp.KILL


# What a box leaves behind.


def test_strays_die_with_their_box(sandbox: Sandbox) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux hands a box's orphans to its supervisor")
    marker = f"hackgym-stray-{uuid.uuid4().hex}"
    source = f"""
        import os, sys
        read, write = os.pipe()
        if not os.fork():
            os.setsid()
            if not os.fork():
                for descriptor in 0, 1, 2:
                    os.close(descriptor)
                os.write(write, b"!")
                code = "import sys, time; time.sleep(100)"
                os.execv(sys.executable, [sys.executable, "-c", code, "{marker}"])
            os._exit(0)
        os.read(read, 1)
    """
    assert ended(run(sandbox, source)) == (0, None, None)
    assert processes_with(marker) == []


def test_nothing_of_a_run_is_there_in_the_next(jail: Sandbox) -> None:
    source = """
        import os
        print(sorted(os.listdir("/box")), os.listdir("/tmp"), os.listdir("/dev/shm"))
        for folder in "/box", "/tmp":
            os.makedirs(folder + "/left/behind")
            open(folder + "/left/file", "w").close()
    """
    for _ in range(3):
        assert printed(jail, source) == "['main.py'] [] []\n"


def test_a_working_folder_goes_with_its_box(sandbox: Sandbox) -> None:
    folder = printed(sandbox, "import os; print(os.getcwd())").strip()
    assert folder == "/box" or not Path(folder).exists()


# Batches, faults and the end.


def test_answers_come_in_the_order_of_the_jobs(sandbox: Sandbox) -> None:
    jobs = [
        Job((box(f"import time; time.sleep({(9 - index) / 100}); print({index})"),))
        for index in range(10)
    ]
    answers = sandbox.run(jobs)
    assert [answer and answer[0].stdout for answer in answers] == [b"%d\n" % i for i in range(10)]
    assert sandbox.run([]) == []


def test_several_threads_can_run_jobs(sandbox: Sandbox) -> None:
    answers: dict[int, list[str]] = {}

    def work(index: int) -> None:
        answers[index] = [printed(sandbox, f"print({index}, {each})") for each in range(3)]

    threads = [threading.Thread(target=work, args=(index,)) for index in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {i: [f"{i} {each}\n" for each in range(3)] for i in range(5)}


def test_files_are_laid_as_they_are_given(sandbox: Sandbox) -> None:
    data = os.urandom(3 << 20)
    source = """
        import hashlib, os, pathlib
        print(hashlib.sha256(pathlib.Path("deep/er/data").read_bytes()).hexdigest())
        print(os.access("deep/er/data", os.X_OK), os.access("run", os.X_OK))
    """
    files = {"deep/er/data": File(data), "run": File(b"", executable=True)}
    whole = Box(PROGRAM, {**box(source).files, **files})
    (ran,) = runs(sandbox, whole)
    assert ran.stdout.decode().split() == [hashlib.sha256(data).hexdigest(), "False", "True"]


@pytest.mark.parametrize("path", ["../out", "/tmp/out", "main.py/x"])
def test_what_goes_wrong_before_the_program_is_our_fault(sandbox: Sandbox, path: str) -> None:
    wrong = Box(PROGRAM, {**box("pass").files, path: File(b"")})
    assert sandbox.run([Job((wrong,))]) == [None]
    assert sandbox.run([Job((box("pass"), wrong))]) == [None]
    assert printed(sandbox, "print('well')") == "well\n"


def test_a_box_cannot_claim_that_the_fault_is_ours(sandbox: Sandbox) -> None:
    source = """
        import os
        for descriptor in range(3, 256):
            try:
                os.write(descriptor, b"fault")
            except OSError:
                pass
        os._exit(4)
    """
    ran = run(sandbox, source)
    assert (ended(ran), ran.report) == ((4, None, None), b"fault")


def descendants(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    found = [int(child) for child in children]
    return found + [each for child in found for each in descendants(child)]


def test_a_killed_zygote_costs_one_job() -> None:
    fresh = opened("jail", 1)
    assert isinstance(fresh, Pool)
    try:
        assert printed(fresh, "print(1)") == "1\n"
        (slot,) = fresh._idle[""]
        started = threading.Event()

        def kill() -> None:
            started.wait()
            # The watcher, the builder, the zygote, the supervisor, the box.
            eventually(lambda: len(descendants(slot._process.pid)) >= 4)
            os.kill(descendants(slot._process.pid)[1], signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        started.set()
        assert fresh.run([Job((box("import time; time.sleep(30)", Limits(wall_s=60)),))]) == [None]
        killer.join()
        assert printed(fresh, "print(2)") == "2\n"
        # One that dies between jobs costs none.
        (slot,) = fresh._idle[""]
        os.kill(slot._process.pid, signal.SIGKILL)
        assert eventually(lambda: not slot.alive())
        assert printed(fresh, "print(3)") == "3\n"
    finally:
        fresh.close()


def test_close_ends_everything_and_can_be_repeated(sandbox: Sandbox) -> None:
    fresh = opened(sandbox.name, 1)
    assert isinstance(fresh, Pool)
    run(fresh, "pass")
    (slot,) = fresh._idle[""]
    family = [slot._process.pid, *descendants(slot._process.pid)]
    fresh.close()
    fresh.close()
    assert not [process for process in family if Path(f"/proc/{process}").exists()]


def test_a_hosts_mask_and_signals_are_not_the_boxs(sandbox: Sandbox) -> None:
    mask = os.umask(0o077)
    handler = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    try:
        fresh = opened(sandbox.name, 1)
        assert printed(fresh, "import os; print(oct(os.umask(0)))") == "0o22\n"
        killed = run(fresh, "import os; os.kill(os.getpid(), 15)")
        fresh.close()
    finally:
        os.umask(mask)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGTERM, handler)
    assert ended(killed) == (None, signal.SIGTERM, None)


def test_a_fork_of_the_host_starts_slots_of_its_own(sandbox: Sandbox) -> None:
    fresh = opened(sandbox.name, 1)
    assert printed(fresh, "print(1)") == "1\n"
    child = os.fork()
    if not child:
        status = 1
        try:
            status = int(printed(fresh, "print(40)"))
            fresh.close()
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 40
    assert printed(fresh, "print(2)") == "2\n"
    fresh.close()


HOST = """
import sys
from hackgym.sandbox import Box, File, Job, Limits, open_sandbox
source = b"import subprocess; subprocess.run(['sleep', '%s'])" % sys.argv[2].encode()
program = {"runner": "script", "role": "pay", "main": "main.py"}
box = Box(program, {"main.py": File(source)}, limits=Limits(wall_s=100))
open_sandbox(sys.argv[1], 1).run([Job((box,))])
"""


def test_nothing_outlives_a_killed_host(sandbox: Sandbox) -> None:
    if sys.platform != "linux":
        pytest.skip("the processes are found by way of /proc")
    marker = f"{60 + uuid.uuid4().int % 10**9 / 10**9:.9f}"
    command = [sys.executable, "-c", HOST, sandbox.name, marker]
    with subprocess.Popen(command) as host:
        assert eventually(lambda: len(processes_with(marker)) >= 2)
        family = descendants(host.pid)
        host.kill()
    assert eventually(lambda: processes_with(marker) == [])
    assert eventually(lambda: not [each for each in family if Path(f"/proc/{each}").exists()])


# Other users and machines.

AS_OTHER_USER = """
import json, os
from hackgym.sandbox import Box, File, Job, Limits
from hackgym.sandboxes.jail import Jail

def run(source, **limits):
    program = {"runner": "script", "role": "pay", "main": "main.py"}
    box = Box(program, {"main.py": File(source.encode())}, limits=Limits(**limits))
    ran = jail.run([Job((box,))])[0][0]
    return ran.exit_code, ran.signal, ran.stopped, ran.stdout.decode(), ran.stderr.decode()

jail = Jail(workers=1)
print(json.dumps([
    os.getuid(),
    run("import os; print(os.getuid(), os.path.exists('/home'))"),
    run("print(open('/proc/self/status').read())"),
    run("while True: pass", wall_s=0.5),
    run(COUNT_PROCESSES, processes=24),
    run("open('/box/new', 'w'); open('/tmp/new', 'w'); open('/new', 'w')"),
    run("import os; os.kill(1, 9); os.kill(1, 2); print(os.listdir('/tmp'))"),
]))
jail.close()
"""


def test_the_jail_of_an_ordinary_user() -> None:
    python = "/usr/bin/python3"
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can become another user, by setpriv")
    probe = "import sys; raise SystemExit(sys.version_info < (3, 11))"
    if not Path(python).exists() or subprocess.run([python, "-c", probe], check=False).returncode:
        pytest.skip("there is no Python 3.11 that every user can read")
    become = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups", "--inh-caps=-all"]
    opened("jail").close()
    folder = Path(f"/tmp/hackgym-test-{uuid.uuid4().hex}")  # pytest's own is root's alone
    try:
        for package in (Path(hackgym.__file__).parent, Path(hackgym_guest.__file__).parent):
            shutil.copytree(package, folder / package.name)
        (folder / "hackgym" / "__init__.py").write_text("")  # its imports are not installed there
        subprocess.run(["chmod", "-R", "a+rX", str(folder)], check=True)
        done = subprocess.run(
            [*become, python, "-c", f"COUNT_PROCESSES = {COUNT_PROCESSES!r}\n{AS_OTHER_USER}"],
            env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        shutil.rmtree(folder)
    assert (done.returncode, done.stderr) == (0, "")
    user, hello, status, loop, forks, writes, kills = json.loads(done.stdout)
    assert user == 12345
    assert hello == [0, None, None, "1000 False\n", ""]
    fields = dict(re.findall(r"(?m)^(\w+):[ \t]*(.*?)[ \t]*$", status[3]))
    assert {int(fields[f"Cap{kind}"], 16) for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb")} == {0}
    assert (fields["NoNewPrivs"], fields["Seccomp"]) == ("1", "2")
    assert loop[:3] == [None, None, "wall"]
    assert 20 <= int(forks[3]) <= 28
    assert writes[0] == 1
    assert "Read-only file system: '/new'" in writes[4]
    assert kills == [0, None, None, "[]\n", ""]


def test_a_machine_without_user_namespaces_is_told_what_to_do() -> None:
    command = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'
    unshare = ["unshare", "--user", "--map-root-user", "sh", "-c", command, "sh"]
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"], check=False).returncode:
        pytest.skip("this user cannot make a machine without user namespaces")
    source = "from hackgym.sandbox import open_sandbox; open_sandbox('jail')"
    done = subprocess.run(
        [*unshare, sys.executable, "-c", source], capture_output=True, text=True, check=False
    )
    assert done.stderr.splitlines()[-1] == (
        "hackgym.errors.SandboxUnavailable: the sandbox 'jail' cannot run here: "
        "user namespaces are off; sysctl -w user.max_user_namespaces=10000"
    )
