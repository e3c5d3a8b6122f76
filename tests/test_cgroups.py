"""Control groups of slots: for real on this machine, and how they are found on others.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from hackgym.errors import SandboxUnavailable
from hackgym.sandbox import Box, File, Job, Limits, Ran, Sandbox, open_sandbox
from hackgym.sandboxes import cgroups, owner
from hackgym.sandboxes.cgroups import Hierarchy, Leaf
from hackgym.sandboxes.jail_slot import OWN_MB, JailSlot
from hackgym.sandboxes.pool import Pool
from processes import eventually

PROGRAM = {"runner": "script", "role": "pay", "main": "main.py"}


# How they are found. These folders only look like a kernel's: they show that we read and write what
# the kernel's documents say, not that a kernel takes it.


class Machine:
    """A folder laid out like the parts of /proc and /sys that are read."""

    def __init__(self, folder: Path) -> None:
        self.process = folder / "self"
        self.process.mkdir()
        self.top = folder / "groups"
        self.top.mkdir()
        self._mounts: list[str] = ["22 1 0:5 / /proc rw,nosuid - proc proc rw"]
        self._groups: list[str] = []
        self._write()

    def _write(self) -> None:
        (self.process / "mountinfo").write_text("".join(f"{line}\n" for line in self._mounts))
        (self.process / "cgroup").write_text("".join(f"{line}\n" for line in self._groups))

    def mount(self, name: str, kind: str, options: str, root: str = "/") -> Path:
        folder = self.top / name
        folder.mkdir(exist_ok=True)
        point = str(folder).replace(" ", "\\040")
        self._mounts.append(f"31 23 0:28 {root} {point} rw shared:7 - {kind} {kind} rw,{options}")
        self._write()
        return folder

    def be_in(self, *lines: str) -> None:
        self._groups = list(lines)
        self._write()

    def group(self, path: Path, offered: str = "", given: str = "") -> Path:
        path.mkdir(parents=True, exist_ok=True)
        (path / "cgroup.procs").write_text("")
        (path / "cgroup.controllers").write_text(offered)
        (path / "cgroup.subtree_control").write_text(given)
        return path

    def found(self) -> list[Hierarchy]:
        return cgroups.find(self.process)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_machine_without_control_groups(machine: Machine, tmp_path: Path) -> None:
    assert machine.found() == []
    assert cgroups.find(tmp_path / "nothing") == []


def test_separate_hierarchies_of_version_1(machine: Machine) -> None:
    machine.be_in("5:pids:/", "4:memory:/jobs/one", "1:cpu:/jobs/one", "2:name=systemd:/")
    memory = machine.mount("memory", "cgroup", "memory")
    pids = machine.mount("pids and more", "cgroup", "pids")
    machine.mount("cpu", "cgroup", "cpu")
    machine.mount("systemd", "cgroup", "xattr,name=systemd")
    (memory / "jobs" / "one").mkdir(parents=True)
    assert machine.found() == [
        Hierarchy(memory / "jobs" / "one", 1, ("memory",)),
        Hierarchy(pids, 1, ("pids",)),
    ]


def test_a_hierarchy_of_two_controllers(machine: Machine) -> None:
    machine.be_in("5:pids,memory:/")
    both = machine.mount("both", "cgroup", "pids,memory")
    assert machine.found() == [Hierarchy(both, 1, ("memory", "pids"))]


def test_a_container_that_sees_only_its_own_part(machine: Machine) -> None:
    machine.be_in("5:pids:/docker/abc/inner", "4:memory:/../elsewhere", "0::/other")
    pids = machine.mount("pids", "cgroup", "pids", root="/docker/abc")
    machine.mount("memory", "cgroup", "memory")
    machine.mount("unified", "cgroup2", "nsdelegate", root="/docker/abc")
    (pids / "inner").mkdir()
    assert machine.found() == [Hierarchy(pids / "inner", 1, ("pids",))]


def test_a_unified_hierarchy_without_controllers_is_there_to_kill(machine: Machine) -> None:
    machine.be_in("0::/user")
    unified = machine.mount("unified", "cgroup2", "nsdelegate")
    own = machine.group(unified / "user", offered="cpu")
    assert machine.found() == [Hierarchy(own, 2, ())]
    assert (own / "cgroup.subtree_control").read_text() == ""


def test_version_2_gives_a_process_its_siblings_place(machine: Machine) -> None:
    machine.be_in("0::/user.slice/app.slice/term.scope")
    top = machine.mount("unified", "cgroup2", "nsdelegate")
    app = machine.group(top / "user.slice" / "app.slice", given="cpu memory pids")
    own = machine.group(app / "term.scope", offered="cpu memory pids")
    # A kernel refuses this to a group that holds processes.
    (own / "cgroup.subtree_control").unlink()
    (own / "cgroup.subtree_control").mkdir()
    assert machine.found() == [Hierarchy(app, 2, ("memory", "pids"))]


def test_version_2_where_the_own_group_can_have_children(machine: Machine) -> None:
    machine.be_in("0::/")
    top = machine.mount("unified", "cgroup2", "nsdelegate")
    machine.group(top, offered="cpuset cpu io memory pids")
    (found,) = machine.found()
    assert found == Hierarchy(top, 2, ("memory", "pids"))
    assert (top / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_version_2_above_what_is_mounted_is_out_of_reach(machine: Machine) -> None:
    machine.be_in("0::/docker/abc")
    own = machine.mount("unified", "cgroup2", "nsdelegate", root="/docker/abc")
    machine.group(own, offered="memory pids")
    (own / "cgroup.subtree_control").unlink()
    (own / "cgroup.subtree_control").mkdir()
    machine.group(own.parent, given="memory pids")
    assert machine.found() == []


def test_what_is_written_in_version_2(tmp_path: Path) -> None:
    leaf = Leaf([Hierarchy(tmp_path, 2, ("memory", "pids"))])
    (folder,) = tmp_path.iterdir()
    (folder / "memory.swap.max").write_text("max")
    leaf.enter(12345)
    leaf.limit(300 << 20, 70)
    assert {file.name: file.read_text() for file in folder.iterdir()} == {
        "cgroup.procs": "12345",
        "memory.max": str(300 << 20),
        "memory.swap.max": "0",
        "pids.max": "70",
    }


def test_a_leaf_that_cannot_be_made_whole_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Leaf([Hierarchy(tmp_path, 1, ("memory",)), Hierarchy(tmp_path / "none", 1, ("pids",))])
    assert list(tmp_path.iterdir()) == []


def test_only_leaves_of_dead_hosts_are_swept(tmp_path: Path) -> None:
    me, started = os.getpid(), owner.started(os.getpid())
    with subprocess.Popen([sys.executable, "-c", "pass"]) as ended:
        gone, gone_started = ended.pid, owner.started(ended.pid)
    here = owner.namespace()
    stale = [f"hackgym-{here}-{gone}-{gone_started}-0", f"hackgym-{here}-{me}-{started}1-3"]
    kept = [
        f"hackgym-{here}-{me}-{started}-3",
        f"hackgym-{here + 1}-{gone}-{gone_started}-0",
        f"hackgym-{gone}-{gone_started}-0",
        f"other-{here}-{gone}-{gone_started}-0",
    ]
    for name in (*stale, *kept):
        (tmp_path / name).mkdir()
    cgroups.sweep(tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == set(kept)


# On this machine.


@pytest.fixture(scope="module")
def limited() -> frozenset[str]:
    """What can be limited here."""
    names = frozenset(name for each in cgroups.hierarchies() for name in each.controllers)
    if not names:
        pytest.skip(f"nothing can be limited here: {cgroups.describe()}")
    return names


@pytest.fixture
def jail() -> Iterator[Sandbox]:
    if not cgroups.hierarchies():
        pytest.skip(f"nothing can be limited here: {cgroups.describe()}")
    try:
        jail = open_sandbox("jail", 1)
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    yield jail
    jail.close()


def run(sandbox: Sandbox, source: str, limits: Limits | None = None) -> Ran:
    files = {"main.py": File(textwrap.dedent(source).encode())}
    (answer,) = sandbox.run([Job((Box(PROGRAM, files, limits=limits or Limits()),))])
    assert answer is not None
    return answer[0]


def slot_of(sandbox: Sandbox) -> JailSlot:
    assert isinstance(sandbox, Pool)
    (slot,) = sandbox._idle[""]
    assert isinstance(slot, JailSlot)
    return slot


def leaves() -> set[str]:
    """The names of this process's leaves."""
    names = {leaf.name for each in cgroups.hierarchies() for leaf in each.folder.iterdir()}
    return {name for name in names if name.startswith(cgroups._prefix())}


def numbers(slot: JailSlot, name: str) -> list[int]:
    """A file's number in each hierarchy where the slot's leaf has it."""
    files = [folder / name for folder in slot._leaf._folders]
    return [int(file.read_text()) for file in files if file.exists()]


def own_mb(slot: JailSlot) -> int:
    """What the processes and folders of a slot hold, without what was read from disk."""
    for folder in slot._leaf._folders:
        if (folder / "memory.stat").exists():
            stat = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines())
            held = "rss" if "rss" in stat else "anon"
            return (int(stat[held]) + int(stat["shmem"])) >> 20
    pytest.skip("memory cannot be limited here")


HOG = """
    import os, signal, sys
    children = []
    for _ in range(8):
        read, write = os.pipe()
        child = os.fork()
        if not child:
            held = bytearray(b"x") * (100 << 20)
            os.write(write, b"!")
            signal.pause()
        os.close(write)
        children.append(child)
        os.read(read, 1)  # nothing comes from one that was killed
    alive = 0
    for child in children:
        alive += os.waitpid(child, os.WNOHANG) == (0, 0)
    print(alive)
"""


def test_memory_is_limited_for_all_processes_together(
    jail: Sandbox, limited: frozenset[str]
) -> None:
    if "memory" not in limited:
        pytest.skip("memory cannot be limited here")
    run(jail, "pass")
    slot, before = slot_of(jail), own_mb(slot_of(jail))
    limits = Limits(memory_mb=300, scratch_mb=1)
    ran = run(jail, HOG, limits)
    # Each of them was allowed to have that much, all of them together were not.
    assert ran.signal == signal.SIGKILL or 1 <= int(ran.stdout) <= 4
    peaks = numbers(slot, "memory.max_usage_in_bytes") + numbers(slot, "memory.peak")
    assert max(peaks) <= (OWN_MB + limits.memory_mb + 2) << 20
    assert run(jail, "print('clean')").stdout == b"clean\n"
    assert slot_of(jail) is slot
    assert own_mb(slot) <= before + 16


def test_files_in_memory_count_as_memory(jail: Sandbox, limited: frozenset[str]) -> None:
    if "memory" not in limited:
        pytest.skip("memory cannot be limited here")
    source = """
        for folder in "/box", "/tmp":
            with open(f"{folder}/file", "wb") as file:
                for _ in range(60):
                    file.write(bytes(1 << 20))
        print("full")
    """
    run(jail, "pass")
    slot, before = slot_of(jail), own_mb(slot_of(jail))
    limits = Limits(memory_mb=100, scratch_mb=64, file_mb=100)
    assert run(jail, source, limits).stdout == b"full\n"
    peaks = numbers(slot, "memory.max_usage_in_bytes") + numbers(slot, "memory.peak")
    assert max(peaks) >= 120 << 20
    assert eventually(lambda: own_mb(slot) <= before + 16)


def test_the_kernel_takes_a_box_before_its_slot(jail: Sandbox) -> None:
    assert run(jail, "print(open('/proc/self/oom_score_adj').read())").stdout.split() == [b"1000"]
    slot = slot_of(jail)
    processes = slot._leaf._folders[0] / "cgroup.procs"
    assert eventually(lambda: len(processes.read_text().split()) == 3)
    scores = [
        int(Path(f"/proc/{each}/oom_score_adj").read_text())
        for each in processes.read_text().split()
    ]
    assert max(scores) < 1000  # the watcher's is the host's
    assert scores.count(max(500, *scores)) >= 2


def test_a_box_cannot_save_itself(jail: Sandbox) -> None:
    source = """
        import os
        for path in "/proc/self/oom_score_adj", f"/proc/{os.getpid()}/oom_score_adj":
            try:
                open(path, "w").write("0")
            except OSError as error:
                print(type(error).__name__ in ("OSError", "PermissionError"))
        print([number for number in range(3, 256) if os.path.exists(f"/proc/self/fd/{number}")])
    """
    assert run(jail, source).stdout == b"True\nTrue\n[3, 4]\n"


def test_the_limits_are_those_of_the_job(jail: Sandbox, limited: frozenset[str]) -> None:
    for memory_mb, processes in (64, 5), (256, 20), (128, 10):
        run(jail, "pass", Limits(memory_mb=memory_mb, processes=processes, scratch_mb=8))
        slot = slot_of(jail)
        if "memory" in limited:
            limits = numbers(slot, "memory.limit_in_bytes") + numbers(slot, "memory.max")
            assert limits == [(OWN_MB + memory_mb + 16) << 20]
        if "pids" in limited:
            assert numbers(slot, "pids.max") == [processes + 8]


def test_processes_are_limited_whoever_they_belong_to(limited: frozenset[str]) -> None:
    if "pids" not in limited:
        pytest.skip("processes cannot be limited here")
    source = """
        import os, signal, sys
        sys.stdin.readline()
        made = 0
        try:
            while made < 100:
                if not os.fork():
                    signal.pause()
                made += 1
        except BlockingIOError:
            print(made)
    """
    before = leaves()
    leaf = Leaf(cgroups.hierarchies())
    try:
        leaf.limit(1 << 30, 20)
        command = [sys.executable, "-c", textwrap.dedent(source)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as bomb:
            leaf.enter(bomb.pid)
            assert bomb.stdin
            assert bomb.stdout
            bomb.stdin.write("\n")
            bomb.stdin.flush()
            assert bomb.stdout.readline() == "19\n"
            # What is in a leaf ends with it.
            leaf.remove()
            bomb.wait()
    finally:
        leaf.remove()
    assert leaves() == before


def test_a_fork_bomb_leaves_the_slot_as_it_was(jail: Sandbox, limited: frozenset[str]) -> None:
    bomb = """
        import os
        while True:
            try:
                os.fork()
            except OSError:
                pass
    """
    run(jail, "pass")
    slot = slot_of(jail)
    assert run(jail, bomb, Limits(wall_s=1)).stopped == "wall"
    assert run(jail, "print('clean')").stdout == b"clean\n"
    assert slot_of(jail) is slot
    if "pids" in limited:  # the watcher, the builder and the zygote
        assert eventually(lambda: numbers(slot, "pids.current") == [3])


def test_a_box_sees_nothing_of_its_group(jail: Sandbox) -> None:
    groups = run(jail, "print(open('/proc/self/cgroup').read())").stdout.decode()
    assert {line.split(":", 2)[2] for line in groups.split()} == {"/"}


def test_leaves_go_with_their_slots(jail: Sandbox) -> None:
    before = leaves()
    run(jail, "pass")
    assert len(leaves() - before) == 1
    jail.close()
    assert leaves() == before


HOST = """
import sys
from hackgym.sandbox import Box, File, Job, open_sandbox
program = {"runner": "script", "role": "pay", "main": "main.py"}
jail = open_sandbox("jail", 2)
job = Job((Box(program, {"main.py": File(b"pass")}),))
assert None not in jail.run([job] * 4)
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.mark.usefixtures("limited")
def test_leaves_of_a_killed_host_go_at_the_next_start() -> None:
    def host() -> subprocess.Popen[str]:
        host = subprocess.Popen(
            [sys.executable, "-c", HOST], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert host.stdout
        assert host.stdout.readline() == "ready\n"
        return host

    def leaves_of(host: subprocess.Popen[str]) -> list[Path]:
        folders = [each.folder for each in cgroups.hierarchies()]
        return [leaf for folder in folders for leaf in folder.glob(f"hackgym-*-{host.pid}-*")]

    with host() as first, host() as second:
        left = leaves_of(first)
        assert left
        first.kill()
        with host() as third:  # its start sweeps, though the first is not even waited for
            assert leaves_of(first) == []
            assert leaves_of(second)
            third.communicate()
        assert leaves_of(third) == []
        second.communicate()
    assert leaves_of(second) == []


@pytest.mark.usefixtures("limited")
def test_a_sweep_kills_what_is_left() -> None:
    with subprocess.Popen(["sleep", "100"]) as sleeper:
        name = re.sub(r"-\d+$", "-0", cgroups._prefix())  # that of an earlier process
        folders = [each.folder / f"{name}-0" for each in cgroups.hierarchies()]
        for folder in folders:
            folder.mkdir()
            (folder / "cgroup.procs").write_text(str(sleeper.pid))
        for hierarchy in cgroups.hierarchies():
            cgroups.sweep(hierarchy.folder)
        assert sleeper.wait() == -signal.SIGKILL
    assert not any(folder.exists() for folder in folders)


def test_a_machine_where_nothing_can_be_written_says_so() -> None:
    hide = 'mount -t tmpfs -o ro none /sys/fs/cgroup && exec "$@"'
    hidden = ["unshare", "--mount", "sh", "-c", hide, "sh"]
    source = """
        from hackgym.sandbox import Box, File, Job, open_sandbox
        program = {"runner": "script", "role": "pay", "main": "main.py"}
        jail = open_sandbox("jail", 1)
        ((ran,),) = jail.run([Job((Box(program, {"main.py": File(b"print(40)")}),))])
        print(jail.isolation, ran.stdout)
        jail.close()
    """
    if os.geteuid() or subprocess.run([*hidden, "true"], check=False).returncode:
        pytest.skip("this user cannot hide control groups from a process")
    done = subprocess.run(
        [*hidden, sys.executable, "-c", textwrap.dedent(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith("; rlimits; no cgroup, memory is limited per process b'40\\n'\n")
