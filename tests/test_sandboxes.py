"""What is particular to the sandboxes of slots on this machine, the jail above all.

What every sandbox must do is in `hackgym.testing`.
hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import pytest

import hackgym
import hackgym_guest
from hackgym.sandboxes.pool import Pool, ProcessSlot
from hackgym.testing.frame import Subject
from hackgym.testing.limits import FORKS
from places import opened
from processes import descendants, eventually, processes_with


def subject(name: str, request: pytest.FixtureRequest, workers: int = 2) -> Subject:
    sandbox = opened(name, request, workers)
    request.addfinalizer(sandbox.close)
    return Subject(sandbox, lambda: opened(name, request, 1))


@pytest.fixture(scope="module", params=["jail", "process"])
def on(request: pytest.FixtureRequest) -> Subject:
    """Scripts run in either."""
    return subject(request.param, request)


@pytest.fixture(scope="module")
def jailed(request: pytest.FixtureRequest) -> Subject:
    """Scripts run in the jail."""
    return subject("jail", request)


def test_numpy_works_where_it_is_installed(on: Subject) -> None:
    pytest.importorskip("numpy")
    assert on.printed("import numpy; print(numpy.eye(3).sum())") == "3.0\n"


# What a box of the jail cannot do.


def test_a_box_has_no_privilege(jailed: Subject) -> None:
    text = jailed.printed("print(open('/proc/self/status').read())")
    status = dict(re.findall(r"(?m)^(\w+):[ \t]*(.*?)[ \t]*$", text))
    assert set(status["Uid"].split()) == set(status["Gid"].split()) == {"1000"}
    for kind in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(status[kind], 16) == 0, kind
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    if os.geteuid() == 0:
        assert status["Groups"] == ""


def test_the_users_of_a_box_are_nobody_on_the_host(jailed: Subject) -> None:
    if os.geteuid() != 0:
        pytest.skip("an ordinary user has no other ids to give")
    marker = f"{60 + uuid.uuid4().int % 10**9 / 10**9:.9f}"
    seen: list[int] = []

    def look() -> bool:
        with contextlib.suppress(OSError):  # one has just ended
            seen.extend(Path(f"/proc/{each}").stat().st_uid for each in processes_with(marker))
        return bool(seen)

    command = f"import subprocess; subprocess.run(['sleep', '{marker}'])"
    helper = threading.Thread(target=jailed.script, args=(command,), kwargs={"wall_s": 2})
    helper.start()
    found = eventually(look)
    helper.join()
    assert found
    assert min(seen) >= 2_000_000_000


def test_the_hosts_files_are_not_there(jailed: Subject, tmp_path: Path) -> None:
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
    assert jailed.printed(source) == "[]\n[]\n"


def test_no_folder_of_a_box_holds_hackgyms_own_modules(jailed: Subject) -> None:
    source = """
        import os
        for top, folders, files in os.walk("/"):
            if top in ("/proc", "/dev"):
                folders.clear()
            if "hackgym" in folders or "task.toml" in files:
                print(top)
    """
    assert jailed.printed(source) == ""


def test_only_the_working_folders_can_be_written_to(jailed: Subject) -> None:
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
    assert set(jailed.printed(source, wall_s=30).split()) == {"/box", "/tmp"}


def test_a_working_folder_goes_with_its_box(on: Subject) -> None:
    folder = on.printed("import os; print(os.getcwd())").strip()
    assert folder == "/box" or not Path(folder).exists()


def test_a_slot_that_dies_between_jobs_costs_none(jailed: Subject) -> None:
    fresh = jailed.opened()
    assert isinstance(fresh.sandbox, Pool)
    try:
        assert fresh.printed("print(1)") == "1\n"
        (slot,) = fresh.sandbox._idle[""]
        assert isinstance(slot, ProcessSlot)
        os.kill(slot.first_process, signal.SIGKILL)
        assert eventually(lambda: not slot.alive())
        assert fresh.printed("print(2)") == "2\n"
    finally:
        fresh.sandbox.close()


def test_close_ends_everything_and_can_be_repeated(on: Subject) -> None:
    fresh = on.opened()
    assert isinstance(fresh.sandbox, Pool)
    fresh.script("pass")
    (slot,) = fresh.sandbox._idle[""]
    assert isinstance(slot, ProcessSlot)
    family = [slot.first_process, *descendants(slot.first_process)]
    fresh.sandbox.close()
    fresh.sandbox.close()
    assert not [process for process in family if Path(f"/proc/{process}").exists()]


HOST = """
import sys
from hackgym.sandbox import Box, File, Job, Limits, open_sandbox
source = b"import subprocess; subprocess.run(['sleep', '%s'])" % sys.argv[2].encode()
program = {"runner": "script", "role": "pay", "main": "main.py"}
box = Box(program, {"main.py": File(source)}, limits=Limits(wall_s=100))
open_sandbox(sys.argv[1], 1).run([Job((box,))])
"""


def test_nothing_outlives_a_killed_host(on: Subject) -> None:
    if sys.platform != "linux":
        pytest.skip("the processes are found by way of /proc")
    marker = f"{60 + uuid.uuid4().int % 10**9 / 10**9:.9f}"
    command = [sys.executable, "-c", HOST, on.sandbox.name, marker]
    with subprocess.Popen(command) as host:
        assert eventually(lambda: len(processes_with(marker)) >= 2)
        family = descendants(host.pid)
        host.kill()
    assert eventually(lambda: processes_with(marker) == [])
    assert eventually(lambda: not [each for each in family if Path(f"/proc/{each}").exists()])


def test_threads_fit_into_the_memory_of_a_box(on: Subject) -> None:
    source = """
    import threading
    gate = threading.Barrier(31)
    def work():
        bytearray(1 << 20)
        gate.wait()
    threads = [threading.Thread(target=work) for _ in range(30)]
    for thread in threads:
        thread.start()
    gate.wait()
    print("all")
    """
    assert on.printed(source) == "all\n"


# Other users and machines.

KILL = """
import os
for number in 9, 2:
    try:
        os.kill(1, number)
    except PermissionError:
        pass
print(os.listdir("/tmp"))
"""

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
    run(FORKS, processes=24),
    run("open('/box/new', 'w'); open('/tmp/new', 'w'); open('/new', 'w')"),
    run(KILL),
]))
jail.close()
"""


def test_the_jail_of_an_ordinary_user(jailed: Subject) -> None:
    python = "/usr/bin/python3"
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can become another user, by setpriv")
    probe = "import sys; raise SystemExit(sys.version_info < (3, 11))"
    if not Path(python).exists() or subprocess.run([python, "-c", probe], check=False).returncode:
        pytest.skip("there is no Python 3.11 that every user can read")
    become = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups", "--inh-caps=-all"]
    jailed.script("pass")
    folder = Path(f"/tmp/hackgym-test-{uuid.uuid4().hex}")  # pytest's own is root's alone
    try:
        for package in (Path(hackgym.__file__).parent, Path(hackgym_guest.__file__).parent):
            shutil.copytree(package, folder / package.name)
        (folder / "hackgym" / "__init__.py").write_text("")  # its imports are not installed there
        subprocess.run(["chmod", "-R", "a+rX", str(folder)], check=True)
        done = subprocess.run(
            [*become, python, "-c", f"FORKS, KILL = {FORKS!r}, {KILL!r}\n{AS_OTHER_USER}"],
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
    assert re.search("(Read-only file system|Permission denied): '/new'", writes[4])
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
