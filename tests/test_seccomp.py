"""The system call filter: what it says to each call, and that a box can do its work under it.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import os
import signal
import struct

import pytest

from hackgym.sandbox import Sandbox, open_sandbox
from hackgym.testing.frame import Subject, ended
from hackgym_guest import seccomp, syscalls

MACHINES = list(seccomp.ARCHITECTURES)
OK = seccomp.ERRNO
EPERM, EINVAL, ENOTTY, ENOSYS = (seccomp.ERRNO | number for number in (1, 22, 25, 38))
EAFNOSUPPORT, EPROTONOSUPPORT = seccomp.ERRNO | 97, seccomp.ERRNO | 93


def decision(code: bytes, architecture: int, number: int, *arguments: int) -> int:
    """What a filter says to a system call: a small interpreter of the steps that it may have."""
    data = struct.pack(
        "=IIQ6Q",
        number,
        architecture,
        0,
        *(each & 0xFFFFFFFFFFFFFFFF for each in arguments),
        *[0] * (6 - len(arguments)),
    )
    at = accumulator = 0
    while True:
        step, if_true, if_false, value = struct.unpack_from("=HBBI", code, at * 8)
        at += 1
        if step == 0x20:
            (accumulator,) = struct.unpack_from("=I", data, value)
        elif step == 0x54:
            accumulator &= value
        elif step == 0x05:
            at += value
        elif step == 0x15:
            at += if_true if accumulator == value else if_false
        elif step == 0x35:
            at += if_true if accumulator >= value else if_false
        else:
            assert step == 0x06
            return int(value)


class Filter:
    """The filter of a kind of machine, asked by names."""

    def __init__(self, machine: str, code: bytes | None = None) -> None:
        self.code = code or seccomp.build(machine)
        self.architecture = seccomp.ARCHITECTURES[machine]
        self.column = MACHINES.index(machine)

    def number(self, number: int, *arguments: int) -> int:
        return decision(self.code, self.architecture, number, *arguments)

    def __call__(self, name: str, *arguments: int) -> int:
        numbers = {**syscalls.KNOWN, **REFUSED}[name]
        number = numbers[self.column]
        assert number is not None
        return self.number(number, *arguments)


@pytest.fixture(params=MACHINES)
def says(request: pytest.FixtureRequest) -> Filter:
    return Filter(request.param)


# What isolates elsewhere have learnt to refuse, with the numbers of the kernel's own tables.
REFUSED: dict[str, syscalls.Numbers] = {
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "semget": (64, 190),
    "semop": (65, 193),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "memfd_create": (319, 279),
    "mincore": (27, 232),
    "mlock": (149, 228),
    "mlockall": (151, 230),
    "splice": (275, 76),
    "vmsplice": (278, 75),
    "inotify_init1": (294, 26),
    "fanotify_init": (300, 262),
    "seccomp": (317, 277),
    "ioprio_set": (251, 30),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "syslog": (103, 116),
    "sethostname": (170, 161),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "quotactl": (179, 60),
}
REFUSED_NEWER: dict[str, int] = {
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "fsmount": 432,
    "clone3": 435,
    "pidfd_getfd": 438,
    "process_madvise": 440,
    "mount_setattr": 442,
    "landlock_create_ruleset": 444,
    "memfd_secret": 447,
    "process_mrelease": 448,
    "cachestat": 451,
    "one that does not exist yet": 999,
}


def test_each_number_is_allowed_only_if_it_is_known(says: Filter) -> None:
    known = {numbers[says.column]: name for name, numbers in syscalls.KNOWN.items()}
    for number in range(1100):
        plain = number in known and known[number] not in seccomp.CHECKS
        if number not in known or plain:
            refusal = EPERM if number < 424 else ENOSYS
            assert says.number(number) == (seccomp.ALLOW if plain else refusal), number


def test_the_table_has_each_number_once() -> None:
    for column in range(2):
        numbers = [each[column] for each in syscalls.KNOWN.values() if each[column] is not None]
        assert len(numbers) == len(set(numbers))
    for x86, arm in syscalls.KNOWN.values():
        if (x86 or 0) >= 424:
            assert x86 == arm


def test_what_is_to_be_refused_is_refused(says: Filter) -> None:
    assert [name for name in REFUSED if says(name) != EPERM] == []
    assert [name for name, number in REFUSED_NEWER.items() if says.number(number) != ENOSYS] == []


@pytest.mark.parametrize(
    ("call", "arguments", "answer"),
    [
        ("clone", (17,), seccomp.ALLOW),
        ("clone", (0x3D0F00,), seccomp.ALLOW),  # a thread
        ("clone", (17 | 0x4100,), seccomp.ALLOW),  # as by vfork
        *[("clone", (17 | flag,), EPERM) for flag in (1 << 17, 1 << 25, 1 << 26, 1 << 27)],
        *[("clone", (17 | flag,), EPERM) for flag in (1 << 28, 1 << 29, 1 << 30, 0x8000)],
        ("socket", (1, 1, 0), seccomp.ALLOW),
        ("socket", (1 | 1 << 32, 1, 0), seccomp.ALLOW),  # the kernel looks at the low half too
        ("socket", (2, 1 | 0x80800, 6), seccomp.ALLOW),  # with SOCK_CLOEXEC and SOCK_NONBLOCK
        ("socket", (10, 2, 17), seccomp.ALLOW),
        *[("socket", (family, 2, 0), EAFNOSUPPORT) for family in (0, 3, 16, 17, 38, 40, 44)],
        ("socket", (2, 3, 1), EPERM),  # raw
        ("socket", (2, 6, 0), EPERM),  # DCCP
        *[("socket", (2, 1, kind), EPROTONOSUPPORT) for kind in (1, 33, 132, 136, 262)],
        ("socketpair", (1, 1, 0), seccomp.ALLOW),
        ("socketpair", (30, 1, 0), EAFNOSUPPORT),
        ("ioctl", (0, 0x5401), seccomp.ALLOW),
        *[("ioctl", (0, number), ENOTTY) for number in (0x5412, 0x541C, 0x8901, 0x8902, 0xAE00)],
        ("ioctl", (0, 0x5412 | 1 << 32), ENOTTY),
        *[("fcntl", (0, command), seccomp.ALLOW) for command in (0, 1, 2, 3, 4, 1030)],
        *[("fcntl", (0, command), OK) for command in (6, 7, 37, 38)],
        *[("fcntl", (0, command), EPERM) for command in (5, 36)],  # who holds a lock
        *[("fcntl", (0, command), EPERM) for command in (8, 10, 15)],  # who gets signals
        *[("fcntl", (0, command), EPERM) for command in (1024, 1025, 1026, 1031, 1033, 1036)],
        ("flock", (0, 2), OK),
        ("fadvise64", (0, 0, 0, 4), OK),
        ("mknodat", (-100, 0, 0o100644), seccomp.ALLOW),
        ("mknodat", (-100, 0, 0o010644), seccomp.ALLOW),
        ("mknodat", (-100, 0, 0o020644), EPERM),
        ("mknodat", (-100, 0, 0o060644), EPERM),
        ("madvise", (0, 0, 4), seccomp.ALLOW),
        *[("madvise", (0, 0, advice), EINVAL) for advice in (12, 20, 21, 100)],
        ("fsetxattr", (0, 0, 0, 0), seccomp.ERRNO | 95),
        ("prctl", (15,), seccomp.ALLOW),
        *[("prctl", (option,), EINVAL) for option in (8, 22, 35, 36, 47, 59, 62, 67)],
        ("personality", (0xFFFFFFFF,), seccomp.ALLOW),
        ("personality", (0x0040000,), EPERM),
        ("prlimit64", (0, 7), seccomp.ALLOW),
        ("prlimit64", (1, 7), EPERM),
        ("setpriority", (0, 0, 5), seccomp.ALLOW),
        ("setpriority", (0, 1, 5), EPERM),
        ("setpriority", (2, 0, 5), EPERM),
        ("sched_setaffinity", (0,), seccomp.ALLOW),
        ("sched_setaffinity", (1,), EPERM),
    ],
)
def test_arguments_are_looked_at(
    says: Filter, call: str, arguments: tuple[int, ...], answer: int
) -> None:
    assert says(call, *arguments) == answer


@pytest.mark.parametrize("machine", MACHINES)
def test_a_box_beside_others_has_no_sockets_and_can_touch_no_modes(machine: str) -> None:
    checks = seccomp.without_addresses() | seccomp.without_metadata()
    beside = Filter(machine, seccomp.build(machine, checks))
    assert {beside("socket", family, 1, 0) for family in (1, 2, 10, 16)} == {EAFNOSUPPORT}
    assert beside("socketpair", 1, 1 | 0x80000, 0) == seccomp.ALLOW
    assert beside("socketpair", 1, 2, 0) == EPROTONOSUPPORT  # datagrams can be sent anywhere
    assert {beside(name, 3, 0, 0) for name in ("bind", "connect", "listen")} == {EPERM}
    assert {beside(name, 3, 0) for name in ("fchmod", "fchmodat", "fchown", "utimensat")} == {OK}
    assert beside("flock", 0, 2) == OK


@pytest.mark.parametrize("machine", MACHINES)
def test_other_machines_calls_kill(machine: str) -> None:
    code, architecture = seccomp.build(machine), seccomp.ARCHITECTURES[machine]
    assert decision(code, 0x40000003, 1) == seccomp.KILL
    if machine == "x86_64":
        assert decision(code, architecture, 0x40000000 | 1) == seccomp.KILL
        assert decision(code, architecture, 0xFFFFFFFF) == seccomp.KILL


@pytest.mark.parametrize("machine", MACHINES)
def test_a_number_is_found_in_few_steps(machine: str) -> None:
    # Each box runs the filter for every number once, when the kernel takes it.
    code = seccomp.build(machine)
    steps = list(struct.iter_unpack("=HBBI", code))
    assert len(steps) < 400

    def deepest(at: int) -> int:
        step, if_true, if_false, value = steps[at]
        if step == 0x06:
            return 1
        if step == 0x05:
            return 1 + deepest(at + 1 + value)
        nexts = {at + 1 + if_true, at + 1 + if_false} if step in (0x15, 0x35) else {at + 1}
        return 1 + max(deepest(each) for each in nexts)

    assert deepest(0) < 45  # the longest list of values is prctl's


# In a box.


@pytest.fixture
def inside(jail: Sandbox) -> Subject:
    return Subject(jail, lambda: open_sandbox("jail"))


CALLS = """
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(each) for each in arguments))
    return result, errno.errorcode.get(ctypes.get_errno())
"""


def test_the_kernel_refuses_what_the_filter_says(inside: Subject) -> None:
    column = MACHINES.index(os.uname().machine)
    numbers = [each[column] for each in REFUSED.values()]
    source = f"""{CALLS}
print({{call(number, 0, 0, 0, 0, 0, 0) for number in {numbers}}})
print({{call(number, 0, 0, 0, 0, 0, 0) for number in {list(REFUSED_NEWER.values())}}})
"""
    assert inside.printed(source) == "{(-1, 'EPERM')}\n{(-1, 'ENOSYS')}\n"


def test_the_kernel_looks_at_arguments_as_the_filter_does(inside: Subject) -> None:
    column = MACHINES.index(os.uname().machine)
    numbers = {name: each[column] for name, each in syscalls.KNOWN.items()}
    source = f"""{CALLS}
numbers = {numbers}
print(call(numbers["clone"], 0x10000000 | 17, 0, 0, 0, 0))
print(call(numbers["socket"], 16, 3, 0))
print(call(numbers["ioctl"], 0, 0x100005412, 0))
print(call(numbers["personality"], 0x0040000), call(numbers["personality"], 0xFFFFFFFF))
print(call(numbers["prlimit64"], 1, 0, 0, 0), call(numbers["sched_setaffinity"], 1, 0, 0))
print(call(numbers["flock"], 0, 2), call(numbers["sync"]))
"""
    assert inside.printed(source).splitlines() == [
        "(-1, 'EPERM')",
        "(-1, 'EAFNOSUPPORT')",
        "(-1, 'ENOTTY')",
        "(-1, 'EPERM') (0, None)",
        "(-1, 'EPERM') (-1, 'EPERM')",
        "(0, None) (0, None)",
    ]


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="its other ways into the kernel")
def test_the_other_ways_into_the_kernel_kill(inside: Subject) -> None:
    x32 = "import ctypes; ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 + 39))"
    assert ended(inside.script(x32)) == (None, signal.SIGSYS, None)
    i386 = """
        import ctypes, mmap
        code = mmap.mmap(-1, 4096, prot=7)
        code.write(bytes.fromhex("b814000000cd80c3"))  # mov eax, 20; int 0x80; ret
        ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
    """
    assert ended(inside.script(i386)) == (None, signal.SIGSYS, None)


def test_a_box_cannot_take_or_see_a_lock_on_a_shared_file(inside: Subject) -> None:
    # The same file in every box: a lock that is there, or not, would be a message.
    source = f"""{CALLS}
import fcntl, os, struct, subprocess
for path in "/bin/sh", "/dev/null":
    file = os.open(path, os.O_RDONLY)
    fcntl.flock(file, fcntl.LOCK_EX)
    other = os.open(path, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)  # both have it
    for command in fcntl.F_GETLK, fcntl.F_OFD_GETLK, fcntl.F_SETLEASE, fcntl.F_NOTIFY:
        try:
            print(fcntl.fcntl(file, command, struct.pack("hhqqixxxx", 1, 0, 0, 0, 0)))
        except PermissionError:
            continue
"""
    assert inside.printed(source) == ""


def test_a_pipe_cannot_be_made_larger(inside: Subject) -> None:
    source = """
        import fcntl, os
        read, write = os.pipe()
        try:
            fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 1 << 20)
        except PermissionError:
            print(fcntl.fcntl(write, fcntl.F_GETPIPE_SZ))
    """
    assert inside.printed(source) == "65536\n"


def test_sqlite_works(inside: Subject) -> None:
    source = """
        import sqlite3, subprocess, sys
        for folder in "/box", "/tmp":
            with sqlite3.connect(folder + "/db") as base:
                base.execute("create table t (x)")
                base.executemany("insert into t values (?)", [(1,), (2,)])
            again = sqlite3.connect(folder + "/db")
            print(again.execute("select sum(x) from t").fetchone())
            again.execute("insert into t values (3)")  # a transaction, and another looks at it
            print(sqlite3.connect(folder + "/db").execute("select sum(x) from t").fetchone())
            again.rollback()
            again.execute("pragma locking_mode=exclusive")
            print(again.execute("pragma journal_mode=wal").fetchone())
            again.execute("insert into t values (4)")
            again.commit()
            again.close()
    """
    assert inside.printed(source) == "(3,)\n(3,)\n('wal',)\n" * 2


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing_works(inside: Subject, method: str) -> None:
    source = f"""
        import multiprocessing, time
        from concurrent.futures import ProcessPoolExecutor

        def square(number):
            return number * number

        def add(value, lock):
            for _ in range(100):
                with lock:
                    value.value += 1

        if __name__ == "__main__":
            context = multiprocessing.get_context({method!r})
            with ProcessPoolExecutor(2, mp_context=context) as pool:
                print(list(pool.map(square, range(4))))
            lock, value = context.Lock(), context.Value("i", 0, lock=False)
            children = [context.Process(target=add, args=(value, lock)) for _ in range(2)]
            for child in children:
                child.start()
            for child in children:
                child.join()
            print(value.value)
            slow = context.Process(target=time.sleep, args=(60,))
            slow.start()
            slow.terminate()
            slow.join()
            print(slow.exitcode)
    """
    assert inside.printed(source, wall_s=30) == "[0, 1, 4, 9]\n200\n-15\n"


def test_threads_and_event_loops_work(inside: Subject) -> None:
    source = """
        import asyncio, threading, queue, signal, socket, select, tempfile, time, os, shutil
        numbers = queue.Queue()
        threads = [threading.Thread(target=numbers.put, args=(each,)) for each in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(sorted(numbers.queue))

        async def main():
            ran = await asyncio.create_subprocess_exec("echo", "hello", stdout=-1)
            print(await ran.stdout.read(), await ran.wait())
            print(await asyncio.to_thread(sum, [1, 2]))

            async def answer(reader, writer):
                writer.write((await reader.read(10))[::-1])
                writer.close()

            async with await asyncio.start_unix_server(answer, "/tmp/socket"):
                reader, writer = await asyncio.open_unix_connection("/tmp/socket")
                writer.write(b"abc")
                print(await reader.read())

        asyncio.run(main())
        signal.signal(signal.SIGALRM, lambda *_: print("alarm"))
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        signal.pause()
        with tempfile.TemporaryDirectory() as folder:
            with open(folder + "/a", "w") as file:
                file.write("text")
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
                os.fsync(file.fileno())
            shutil.copytree(folder, "/tmp/copy")
        print(os.listdir("/tmp/copy"), os.nice(0) >= 0, os.sched_getaffinity(0) != set())
    """
    assert inside.printed(source).splitlines() == [
        "[0, 1, 2, 3, 4, 5, 6, 7]",
        "b'hello\\n' 0",
        "3",
        "b'cba'",
        "alarm",
        "['a'] True True",
    ]


SCRIPT = r"""
set -e
printf 'one\ntwo\nthree\n' > a; sed s/two/2/ a > b
cp -a a c; mv c d; ln -s a link; mkdir -p deep/er; touch -d 2001-01-01 deep/er/file
cat a | grep -c o; ls -la > /dev/null; find . -name file; wc -l < b; sort -r a | head -n1
test "$(stat -c %Y deep/er/file)" = 978307200; du -s . > /dev/null; df . > /dev/null
diff -u a b > change || true
sleep 0.01 & wait $!
tar cf all.tar a b 2> /dev/null; tar tf all.tar
awk '{ n += 1 } END { print n }' a; xargs echo < a; cmp a d; date > /dev/null; expr 1 + 1
rm -r deep
"""


PROGRAMS = {
    "sh": SCRIPT,
    "patch": "printf 'a\\n' > f; printf 'b\\n' > g; diff f g > p; patch f p",
    "git": "git init -q --template= . && git config user.email a@b && git config user.name a && "
    "echo 1 > f && git add f && git commit -qm 1 && echo 2 > f && git diff --stat && "
    "git commit -qam 2 && git log --oneline | wc -l && git checkout -q HEAD~1 && cat f && "
    "git gc -q && git status",
    "bash": "cat <(echo from a pipe) && ulimit -n && echo $((6 * 7))",
    "perl": "perl -e 'print join q(,), sort map { $_ * 2 } 1..3'",
    "python3": "python3 -c 'import numbers, ssl, sqlite3; print(1)'",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_command_line_programs_work(inside: Subject, program: str) -> None:
    source = f"""
        import shutil, subprocess
        print(shutil.which({program!r}))
        shell = "bash" if {program!r} == "bash" else "sh"
        done = subprocess.run([shell, "-c", {PROGRAMS[program]!r}], capture_output=True, text=True)
        print(done.returncode, done.stderr)
        print(done.stdout)
    """
    where, outcome, output = inside.printed(source, wall_s=30).split("\n", 2)
    if where == "None":
        pytest.skip(f"this machine's system has no {program}")
    assert (outcome, bool(output)) == ("0 ", True)
