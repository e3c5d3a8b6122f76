"""What keeps a box from the machine and from other boxes, of what its sandbox promises.

Shows attempts at getting out: hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
import tempfile
import textwrap
from pathlib import Path

import hackgym
from hackgym import _data
from hackgym.testing.frame import Checks, Subject, expect, script

CHECKS = Checks()

_FOLDERS = ("/", "/etc", "/usr", "/usr/lib", "/usr/local", "/var/tmp", "/dev", "/proc", "/root")  # noqa: S108
_CALLS = {
    "unshare": ((272, 97), (0x10000000,)),
    "mount": ((165, 40), (0, 0, 0, 0, 0)),
    "ptrace": ((101, 117), (0, 0, 0, 0)),
    "process_vm_readv": ((310, 270), (1, 0, 0, 0, 0, 0)),
    "bpf": ((321, 280), (0, 0, 0)),
    "perf_event_open": ((298, 241), (0, 0, -1, -1, 0)),
    "io_uring_setup": ((425, 425), (1, 0)),
    "userfaultfd": ((323, 282), (0,)),
    "keyctl": ((250, 219), (0, 0, 0, 0, 0)),
    "open_by_handle_at": ((304, 265), (0, 0, 0)),
    "kexec_load": ((246, 104), (0, 0, 0, 0)),
    "socket of AF_NETLINK": ((41, 198), (16, 3, 0)),
    "socket of AF_VSOCK": ((41, 198), (40, 1, 0)),
}
"""System calls by their numbers on x86_64 and aarch64, with arguments that could succeed."""

_TRY = """
def works(attempt):
    try:
        return attempt() is not False
    except OSError:
        return False
"""

_MEET = """
    import ctypes, fcntl, os, socket, sys
    libc = ctypes.CDLL(None, use_errno=True)
    channel = socket.socket(fileno=3)
    places = {}
    def leave():
        for name, attempt in {
            "socket": lambda: places["socket"].bind("\\0" + MARK) or places["socket"].listen(),
            "shm": lambda: libc.shmget(KEY, 4096, 0o1666),
            "sem": lambda: libc.semget(KEY, 1, 0o1666),
            "msg": lambda: libc.msgget(KEY, 0o1666),
            "mq": lambda: ctypes.CDLL("librt.so.1").mq_open(b"/" + MARK.encode(), 0o102, 0o666, 0),
            "key": lambda: libc.syscall(KEYS, b"user", MARK.encode(), b"x", 1, -4),
            "flock": lambda: fcntl.flock(places["file"], fcntl.LOCK_EX),
            "lockf": lambda: fcntl.lockf(places["file"], fcntl.LOCK_SH),
            "tmp": lambda: open("/tmp/" + MARK, "w").close(),
            "dev/shm": lambda: open("/dev/shm/" + MARK, "w").close(),
        }.items():
            works(attempt)
    def look():
        tries = {
            "socket": lambda: socket.socket(socket.AF_UNIX).connect("\\0" + MARK),
            "shm": lambda: libc.shmget(KEY, 0, 0) >= 0,
            "sem": lambda: libc.semget(KEY, 0, 0) >= 0,
            "msg": lambda: libc.msgget(KEY, 0) >= 0,
            "mq": lambda: ctypes.CDLL("librt.so.1").mq_open(b"/" + MARK.encode(), 0) >= 0,
            "key": lambda: libc.syscall(REQUEST, b"user", MARK.encode(), 0, 0) >= 0,
            "flock": lambda: locked(lambda: fcntl.flock(places["file"], 2 | fcntl.LOCK_NB)),
            "tmp": lambda: os.path.exists("/tmp/" + MARK),
            "dev/shm": lambda: os.path.exists("/dev/shm/" + MARK),
        }
        found = [name for name, attempt in tries.items() if works(attempt)]
        if found:  # leave nothing in a sandbox that keeps everything
            for get, control in ("shmget", "shmctl"), ("semget", "semctl"), ("msgget", "msgctl"):
                getattr(libc, control)(getattr(libc, get)(KEY, 0, 0), 0, 0, 0)
            works(lambda: ctypes.CDLL("librt.so.1").mq_unlink(b"/" + MARK.encode()))
            works(lambda: os.unlink("/tmp/" + MARK))
            works(lambda: os.unlink("/dev/shm/" + MARK))
        return found
    def locked(attempt):
        try:
            attempt()
        except BlockingIOError:
            return True
        return False
    places["file"] = open(os.__file__)
    places["socket"] = socket.socket(socket.AF_UNIX)
    KEYS, REQUEST = (248, 249) if os.uname().machine == "x86_64" else (217, 218)
"""


@CHECKS("files")
def files_of_the_host(on: Subject) -> None:
    """No file of the host's can be read: a temporary one, a home's, nor hackgym and its tasks."""
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder, "secret")
        secret.write_text("secret")
        paths = [
            str(secret),
            folder,
            hackgym.__file__,
            str(_data.environments()),
            "/etc/shadow",
            "/proc/1/root",
            *[str(path) for path in Path.home().iterdir() if path.is_file()][:9],
        ]
        source = f"""{_TRY}
import importlib.util, os
def read(path):
    return bool(os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1))
print([path for path in {paths!r} if works(lambda: read(path))])
print([each for each in ("hackgym", "pydantic", "pip") if importlib.util.find_spec(each)])
"""
        expect(on.printed(source), "[]\n[]\n")


@CHECKS("files")
def files_cannot_be_changed(on: Subject) -> None:
    """Nothing but its own folders can be changed: no folder, no program, no module."""
    source = f"""{_TRY}
import hackgym_guest, json, os, pytest, sys
files = [sys.executable, "/etc/passwd", "/bin/sh", "/proc/sys/kernel/hostname"]
files += [json.__file__, pytest.__file__, hackgym_guest.__file__, json.__spec__.cached]
folders = [*{_FOLDERS!r}, *map(os.path.dirname, files)]
def touch(path):
    os.utime(path, ns=(about[path].st_atime_ns, about[path].st_mtime_ns))
def make(folder):
    os.mkdir(folder + "/hackgym-new")
    os.rmdir(folder + "/hackgym-new")
# Where one of these should succeed, it changes nothing.
files = [each for each in files if os.path.exists(each)]
about = {{each: os.stat(each) for each in files}}
done = [each for each in files if works(lambda: open(each, "ab").close())]
done += [each for each in files if works(lambda: os.chmod(each, about[each].st_mode & 0o7777))]
done += [each for each in files if works(lambda: touch(each))]
done += [each for each in folders if works(lambda: make(each))]
print(done)
"""
    expect(on.printed(source), "[]\n")


@CHECKS("processes")
def other_processes(on: Subject) -> None:
    """A box sees none but its own processes, and cannot reach its parent nor the host's."""
    source = f"""{_TRY}
import ctypes, os, resource
libc = ctypes.CDLL(None)
print([each for each in os.listdir("/proc") if each.isdigit()] == [str(os.getpid())])
host, parent = {os.getpid()}, os.getppid()
reached = []
for other in {{host, parent}} - {{os.getpid()}}:
    for name, attempt in {{
        "environ": lambda: open(f"/proc/{{other}}/environ", "rb").read(),
        "memory": lambda: open(f"/proc/{{other}}/mem", "rb").close(),
        "files": lambda: os.listdir(f"/proc/{{other}}/fd"),
        "root": lambda: os.listdir(f"/proc/{{other}}/root"),
        "trace": lambda: libc.ptrace(0x4206, other, 0, 0) == 0,  # without stopping it
        "limits": lambda: resource.prlimit(other, resource.RLIMIT_NOFILE),
    }}.items():
        if works(attempt):
            reached.append(name)
if host not in (parent, os.getpid()) and works(lambda: os.kill(host, 0)):
    reached.append("host")
print(reached)
"""
    expect(on.printed(source), "True\n[]\n")


@CHECKS("processes")
def killing_everyone(on: Subject) -> None:
    """A box that signals everyone it can ends nothing but itself."""
    source = f"""{_TRY}
import os, signal, sys
if works(lambda: os.kill({os.getpid()}, 0)):
    sys.exit("the host's process could be killed, and is spared")
for number in signal.SIGINT, signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL:
    for target in os.getppid(), 1, -1:
        works(lambda: os.kill(target, number))
print("alive")
"""
    expect(on.printed(source), "alive\n")
    expect(on.printed("print('well')"), "well\n")


@CHECKS("network")
def network(on: Subject) -> None:
    """No connection leads out of a box: to a server on this machine, to the world, to a box."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        addresses = [("127.0.0.1", server.getsockname()[1]), ("1.1.1.1", 53), ("::1", 1)]
        source = f"""{_TRY}
import socket
print([each for each in {addresses!r} if works(lambda: socket.create_connection(each, 2))])
"""
        expect(on.printed(source), "[]\n")
    serves = f"""{_TRY}
import socket
channel = socket.socket(fileno=3)
servers = []
print(works(lambda: servers.append(socket.create_server(("127.0.0.1", 47111)))))
channel.sendall(b"!")
channel.recv(1)
channel.close()
"""
    calls = f"""{_TRY}
import socket
channel = socket.socket(fileno=3)
channel.recv(1)
print(works(lambda: socket.create_connection(("127.0.0.1", 47111), 2)))
channel.close()
"""
    _, second = on.boxes(script(serves), script(calls))
    expect(second.stdout, b"False\n", "a server in the other box")


@CHECKS("ipc")
def nothing_joins_boxes(on: Subject) -> None:
    """No socket, lock, queue, memory, key or file of a box is there for another or the next."""
    mark, key = f"hackgym-{secrets.token_hex(8)}", secrets.randbelow(1 << 30) + 1
    head = f"MARK, KEY = {mark!r}, {key}\n{_TRY}\n" + textwrap.dedent(_MEET)
    leaves = head + 'leave()\nchannel.sendall(b"!")\nchannel.recv(1)\nchannel.close()\n'
    looks = head + "channel.recv(1)\nprint(look())\nchannel.close()\n"
    first, second = on.boxes(script(leaves), script(looks))
    expect((first.stderr, second.stderr, second.stdout), (b"", b"", b"[]\n"), "at the same time")
    expect(on.printed(head + "leave()"), "")
    expect(on.printed(head + "print(look())"), "[]\n", "in the next run")


@CHECKS("privileges")
def privileges(on: Subject) -> None:
    """A box runs as an ordinary user, without a capability, and can become nobody else."""
    source = f"""{_TRY}
import ctypes, os
libc = ctypes.CDLL(None)
header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
print(libc.capget(header, data), sum(data), libc.prctl(39, 0, 0, 0, 0))
print([each for each in range(64) if libc.prctl(23, each, 0, 0, 0) == 1])
print(0 in (*os.getresuid(), *os.getresgid(), *os.getgroups()))
print(works(lambda: os.setuid(0)), works(lambda: os.setgid(0)), works(lambda: os.setgroups([0])))
"""
    expect(on.printed(source), "0 0 1\n[]\nFalse\nFalse False False\n")


@CHECKS("kernel")
def system_calls(on: Subject) -> None:
    """The system calls that lead out of boxes are refused."""
    column = {"x86_64": 0, "aarch64": 1}.get(os.uname().machine)
    if column is None or sys.platform != "linux":
        return  # their numbers are not known here
    calls = {name: (numbers[column], args) for name, (numbers, args) in _CALLS.items()}
    source = f"""
        import ctypes
        libc = ctypes.CDLL(None)
        for name, (number, args) in {calls!r}.items():
            if libc.syscall(number, *map(ctypes.c_long, args)) != -1:
                print(name)
    """
    expect(on.printed(source), "")
