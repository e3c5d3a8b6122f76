"""Scripts that a box of the jail's lower tier runs (`test_lower_tier.py`), most of them attacks.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2

A job has a box for each script of its list. `@OURS@` becomes a folder of the host's, and `@HOST@`
the process that runs the jail.
"""

from __future__ import annotations

TRY = """
import os
def works(attempt):
    try:
        return attempt() is not False
    except OSError:
        return False
"""

SCRIPTS = {
    "nothing": ["print('well')"],
    "surroundings": [
        """
        import json, os, tempfile
        print(json.dumps({
            "ids": [os.getuid(), os.getgid(), os.getgroups()],
            "folder": os.getcwd(),
            "files": os.listdir(),
            "scratch": [tempfile.gettempdir(), os.environ["HOME"], os.listdir(os.environ["HOME"])],
            "status": open("/proc/self/status").read(),
        }))
        """
    ],
    "reads": [
        f"""{TRY}
import glob, hackgym_guest, subprocess
slot = os.path.dirname(os.path.dirname(os.getcwd()))
paths = {{
    "secret": "@OURS@/secret",
    "open": "@OURS@/open",
    "folder": "@OURS@/folder",
    "tmp": "/tmp",
    "slot": slot,
    "shadow": "/etc/shadow",
    "passwd": "/etc/passwd",
    "hackgym": "/mnt/repository/src/hackgym/__init__.py",
    "tasks": "/mnt/repository/environments",
    "site": "/mnt/site/rich/__init__.py",
    "host environ": "/proc/@HOST@/environ",
    "host arguments": "/proc/@HOST@/cmdline",
    "host memory": "/proc/@HOST@/mem",
    "host root": "/proc/@HOST@/root/etc/passwd",
    "parent environ": f"/proc/{{os.getppid()}}/environ",
    "processes": "/proc",
}}
def read(path):
    return bool(os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1))
def copy(path):
    return subprocess.run(["cat", path], capture_output=True).returncode == 0
print([name for name, path in paths.items() if works(lambda: read(path))])
print([name for name in ("secret", "shadow") if works(lambda: copy(paths[name]))])
"""
    ],
    "writes": [
        f"""{TRY}
import shutil
ours = "@OURS@"
tries = {{
    "in tmp": lambda: open("/tmp/new", "x").close() or os.unlink("/tmp/new"),
    "in var/tmp": lambda: open("/var/tmp/new", "x").close() or os.unlink("/var/tmp/new"),
    "in a folder": lambda: open(ours + "/folder/new", "x").close(),
    "a folder": lambda: os.mkdir("/tmp/new-folder") or os.rmdir("/tmp/new-folder"),
    "append": lambda: open(ours + "/open", "a").close(),
    "cut": lambda: os.truncate(ours + "/open", 6),
    "cut on opening": lambda: os.close(os.open(ours + "/open", os.O_RDONLY | os.O_TRUNC)),
    "link": lambda: os.link(ours + "/open", "linked"),
    "move": lambda: os.rename(ours + "/open", ours + "/moved"),
    "take": lambda: os.rename(ours + "/open", "taken"),
    "remove": lambda: os.unlink(ours + "/open"),
    "remove a folder": lambda: os.rmdir(ours + "/folder"),
    "the site": lambda: open(os.environ["PYTHONPATH"] + "/new", "x").close(),
    "hackgym": lambda: open("/mnt/repository/src/hackgym/__init__.py", "a").close(),
}}
done = [name for name, attempt in tries.items() if works(attempt)]
for change in (
    lambda: os.chmod(ours + "/open", 0o777),
    lambda: os.chmod(ours, 0o777),
    lambda: os.utime(ours + "/open", (1, 1)),
    lambda: os.utime(ours, (1, 1)),
    lambda: os.chown(ours, os.getuid(), os.getgid()),
    lambda: os.setxattr(ours + "/open", "user.mark", b"x"),
):
    works(change)
print(done)
"""
    ],
    "own files": [
        """
        import os, shutil, subprocess
        os.makedirs("a/b")
        open("a/b/file", "w").write("text")
        os.rename("a/b/file", "a/file")
        os.link("a/file", "other")
        os.symlink("/etc", "a/link")
        os.truncate("other", 2)
        shutil.copytree("a", os.environ["TMPDIR"] + "/copy", symlinks=True)
        os.mkfifo("fifo")
        open("/dev/null", "w").write("x")
        script = "cat other > /dev/null; echo hi | tee f; mv f g; cp -p g h; cmp g h && rm g"
        print(subprocess.run(["sh", "-c", script], capture_output=True, text=True))
        """
    ],
    "the other box": [
        "import socket; channel = socket.socket(fileno=3); channel.recv(1); channel.close()",
        f"""{TRY}
import socket
other = os.path.dirname(os.path.dirname(os.getcwd())) + "/0"
print([
    each
    for each in (other, other + "/box", other + "/tmp")
    if works(lambda: os.listdir(each)) or works(lambda: open(each + "/new", "w").close())
])
print(works(lambda: open(other + "/box/main.py").close()))
os.close(3)
""",
    ],
    "signals": [
        f"""{TRY}
import fcntl, resource, signal
host, parent = @HOST@, os.getppid()
def owner(process):  # is sent a signal when a pipe has something to read
    read, _ = os.pipe()
    fcntl.fcntl(read, fcntl.F_SETOWN, process)
for process in host, parent:
    print([name for name, attempt in {{
        "kill": lambda: os.kill(process, 0),
        "group": lambda: os.killpg(os.getpgid(process), 0),
        "pidfd": lambda: signal.pidfd_send_signal(os.pidfd_open(process), 0),
        "owner": lambda: owner(process),
        "limits": lambda: resource.prlimit(process, resource.RLIMIT_NOFILE),
        "priority": lambda: os.setpriority(os.PRIO_PROCESS, process, 5),
        "cores": lambda: os.sched_setaffinity(process, {{0}}),
        "files": lambda: os.listdir(f"/proc/{{process}}/fd"),
    }}.items() if works(attempt)])
child = os.fork()
if not child:
    signal.pause()
os.kill(child, 15)
print(os.waitpid(child, 0)[1], flush=True)
works(lambda: os.kill(-1, 15))
signal.raise_signal(9)
"""
    ],
    "traces": [
        f"""{TRY}
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for process in @HOST@, os.getppid():
    data = ctypes.create_string_buffer(8)
    print(libc.ptrace(0x4206, process, 0, 0), libc.process_vm_readv(process, data, 1, data, 1, 0))
"""
    ],
    "sockets": [
        f"""{TRY}
import socket
families = socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET
print([family.name for family in families if works(lambda: socket.socket(family, 1))])
left, right = socket.socketpair()
left.sendall(b"pair")
print(right.recv(9))
# A pair can be given a name, and then be sent to by strangers; or be led to another.
print(works(lambda: left.bind(b"\\0abstract")), works(lambda: right.bind("name")))
print(works(lambda: left.connect(b"\\0abstract")), works(lambda: left.listen()))
print(works(lambda: socket.socketpair(type=socket.SOCK_DGRAM)))
"""
    ],
    "daemons": [
        """
        import os, signal, sys, time
        for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        for _ in range(10):
            if not os.fork():
                os.setsid()
                if not os.fork():
                    os.closerange(0, 100)
                    time.sleep(1000)
                os._exit(0)
        """
    ],
    "hoppers": [  # each lives for no longer than it takes to fork
        """
        import os
        for _ in range(3):
            if not os.fork():
                os.setsid()
                os.closerange(0, 100)
                while not os.fork():
                    pass
                os._exit(0)
        """
    ],
    "killers": [  # kill whoever comes to kill them
        """
        import os, signal
        for _ in range(3):
            if not os.fork():
                os.closerange(0, 100)
                while True:
                    for process in -1, os.getppid():
                        try:
                            os.kill(process, 9)
                        except OSError:
                            pass
        """
    ],
    "a bomb": [
        """
        import os
        while True:
            try:
                os.fork()
            except OSError:
                pass
        """
    ],
    "many processes": [
        """
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
    ],
    "stubborn files": [
        """
        import os
        home = os.environ["HOME"]
        for top in ".", home:
            os.chdir(top)
            os.symlink("@OURS@", "link")
            os.symlink("@OURS@/folder", "folder-link")
            os.makedirs("closed/inner")
            open("closed/inner/file", "w").close()
            os.chmod("closed/inner", 0)
            os.chmod("closed", 0)
            os.mkfifo("fifo")
            open(b"\\xff\\n", "w").close()
            for _ in range(3000):
                os.mkdir("d")
                open("file", "w").close()
                os.chdir("d")
        os.chmod(home, 0)
        os.chmod(os.path.dirname(home), 0)
        """
    ],
    "shared folders": [
        f"""{TRY}
for folder in "/tmp", "/var/tmp", "/dev/shm":
    works(lambda: os.makedirs(folder + "/left/deep"))
    works(lambda: open(folder + "/left/deep/file", "w").close())
    works(lambda: open(folder + "/left-file", "w").close())
    works(lambda: os.symlink("@OURS@", folder + "/left-link"))
"""
    ],
    "semaphores": [
        """
        import multiprocessing
        with multiprocessing.get_context("fork").Lock():
            print("locked")
        """
    ],
    "another Python": [
        """
        import subprocess, sys
        source = "import pytest, os; print(pytest.__name__, os.listdir())"
        subprocess.run([sys.executable, "-c", source], check=True)
        """
    ],
}
