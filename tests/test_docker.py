"""The sandbox `docker` on a real engine, with each runtime that this machine has.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import struct
import subprocess
import sys
import tarfile
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine import BASE, Engine
from hackgym.errors import BadInput, SandboxUnavailable, UnknownName
from hackgym.grader import graders
from hackgym.judge import Entry, Judge
from hackgym.loophole import bind, catalogue
from hackgym.records import Verdict
from hackgym.sandbox import Job, Ran, Sandbox, open_sandbox
from hackgym.sandboxes import docker_config, docker_image, docker_owner, docker_slot
from hackgym.sandboxes.pool import answer
from hackgym.submission import Submission
from hackgym.task import MAIN
from hackgym.taskset import TaskSet
from hackgym.testing.frame import script
from hackgym_guest import landlock
from processes import eventually


@pytest.fixture(autouse=True)
def here(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", engine.address)


@pytest.fixture
def client(engine: Engine) -> Iterator[Any]:
    with contextlib.closing(engine.client()) as client:
        yield client


def opened(engine: Engine, runtime: str = "runc", workers: int = 1) -> Sandbox:
    if runtime not in engine.runtimes:
        pytest.skip(f"there is no {runtime} on this machine")
    return open_sandbox(f"docker:base={BASE},runtime={runtime}", workers)


@pytest.fixture
def sandbox(engine: Engine) -> Iterator[Sandbox]:
    sandbox = opened(engine)
    yield sandbox
    sandbox.close()


def run(sandbox: Sandbox, source: str, **limits: float) -> Ran:
    (answer,) = sandbox.run([Job((script(source, limits),))])
    assert answer is not None
    return answer[0]


def printed(sandbox: Sandbox, source: str) -> str:
    ran = run(sandbox, source)
    assert (ran.exit_code, ran.stderr) == (0, b"")
    return ran.stdout.decode()


def ours(client: Any, *, living: bool = False) -> list[dict[str, Any]]:
    """The containers of the sandbox, dead ones included."""
    found: list[dict[str, Any]] = client.containers(
        all=not living, filters={"label": "hackgym.lease"}
    )
    return found


def at_work(client: Any) -> bool:
    """Whether a box runs `sleep` in one of the containers."""
    lists = [client.top(each["Id"])["Processes"] for each in ours(client, living=True)]
    return any("sleep 100" in " ".join(process) for each in lists for process in each)


SLEEP = "import subprocess; subprocess.run(['sleep', '100'])"


NAMESPACES = """
    import os
    print([os.readlink(f"/proc/self/ns/{kind}") for kind in ("mnt", "pid", "net", "user")])
"""


@pytest.mark.parametrize("runtime", ["runc", "crun"])
def test_boxes_stand_in_namespaces_of_their_own(engine: Engine, runtime: str) -> None:
    sandbox = opened(engine, runtime)
    try:
        namespaces = [printed(sandbox, NAMESPACES) for _ in range(2)]
        assert "fresh mount, pid and network namespaces" in sandbox.isolation
    finally:
        sandbox.close()
    assert len(set(namespaces)) == 2


def inside(client: Any, image: str, source: str) -> Any:
    """What a program prints as JSON that runs in place of a container's first process."""
    config = docker_config.container(image, "runc", {}, 2, namespaces=True)
    config["Entrypoint"] = ["python3", "-c", textwrap.dedent(source)]
    config["HostConfig"]["AutoRemove"] = False
    container = client.create_container_from_config(config)["Id"]
    try:
        stream = docker_slot.attach(client, container)
        client.start(container)
        told = b"".join(iter(lambda: stream.receive(1 << 16), b""))
        assert not stream.notes
        stream.close()
        return json.loads(told)
    finally:
        client.remove_container(container, force=True)


FACTS = """
    import json, os, re, resource, socket

    def attempt(call, *args):
        try:
            call(*args)
        except OSError as error:
            return os.strerror(error.errno)
        return "allowed"

    status = dict(re.findall(r"(?m)^(\\w+):\\s*(.*)$", open("/proc/self/status").read()))
    mounts = [line.split()[4] for line in open("/proc/self/mountinfo")]
    print(json.dumps({
        "ids": [status["Uid"].split(), status["Gid"].split(), status["Groups"].split()],
        "capabilities": [status["Cap" + kind] for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb")],
        "no_new_privileges": status["NoNewPrivs"],
        "seccomp": status["Seccomp"],
        "interfaces": [name for _, name in socket.if_nameindex()],
        "routes": open("/proc/net/route").read().splitlines()[1:],
        "write": [attempt(open, path, "w") for path in ("/x", "/site/x", "/tmp/x", "/usr/x")],
        "setting": attempt(open, "/proc/sys/kernel/hostname", "w"),
        "shared_memory": [path for path in mounts if path == "/dev/shm"],
        "group": open("/proc/self/cgroup").read().count("docker"),
        "limits": [
            resource.getrlimit(resource.RLIMIT_CORE),
            resource.getrlimit(resource.RLIMIT_NOFILE),
        ],
        "badness": open("/proc/self/oom_score_adj").read().strip(),
    }))
"""


@pytest.fixture
def image(client: Any, sandbox: Sandbox) -> str:
    printed(sandbox, "print('built')")
    name = docker_image.find(client, BASE)
    assert name
    return name


def test_a_container_has_nothing_that_it_does_not_need(client: Any, image: str) -> None:
    assert inside(client, image, FACTS) == {
        "ids": [["65534"] * 4, ["65534"] * 4, ["65534"]],
        "capabilities": ["0" * 16] * 5,
        "no_new_privileges": "1",
        "seccomp": "2",
        "interfaces": ["lo"],
        "routes": [],
        "write": ["Read-only file system"] * 4,
        "setting": "Permission denied",
        "shared_memory": [],
        "group": 0,
        "limits": [[0, 0], [1024, 1024]],
        "badness": "500",
    }


CALLS = """
    import ctypes, json, os

    libc = ctypes.CDLL(None, use_errno=True)

    def call(number, *args):
        ctypes.set_errno(0)
        libc.syscall(number, *map(ctypes.c_long, args))
        return ctypes.get_errno()

    print(json.dumps({
        "bpf": call(321, 0, 0, 0),
        "keyctl": call(250, 0, 0, 0),
        "add_key": call(248, 0, 0, 0, 0, 0),
        "ptrace": call(101, 0, 0, 0, 0),
        "process_vm_writev": call(311, 1, 0, 0, 0, 0, 0),
        "perf_event_open": call(298, 0, 0, 0, 0, 0),
        "io_uring_setup": call(425, 1, 0),
        "userfaultfd": call(323, 0),
        "open_by_handle_at": call(304, 0, 0, 0),
        "init_module": call(175, 0, 0, 0),
        "kexec_load": call(246, 0, 0, 0, 0),
        "memfd_create": call(319, 0, 0),
        "shmget": call(29, 0, 0, 0),
        "chroot": call(161, 0),
        "fsopen": call(430, 0, 0),
        "clone of a namespace": call(56, 0x10000000, 0, 0, 0, 0),
        "clone3": call(435, 0, 0),
        "landlock": libc.syscall(444, None, 0, 1),
    }))
"""


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers are those of x86_64")
def test_a_container_has_no_dangerous_system_calls(client: Any, image: str) -> None:
    errors = inside(client, image, CALLS)
    assert errors.pop("landlock") == landlock.version()
    assert errors.pop("clone3") == 38
    assert set(errors.values()) == {1}, errors


def test_the_engine_says_so_too(client: Any, sandbox: Sandbox) -> None:
    printed(sandbox, "print(1)")
    (container,) = ours(client)
    told = client.inspect_container(container["Id"])
    host = told["HostConfig"]
    memory = docker_config.memory_mb() << 20
    assert told["Config"]["User"] == "65534:65534"
    assert (host["Memory"], host["MemorySwap"]) == (memory, memory)
    assert host["PidsLimit"] == docker_config.MOST_PROCESSES
    assert host["NanoCpus"] > 0
    assert (host["NetworkMode"], host["IpcMode"], host["CgroupnsMode"]) == (
        *("none", "none", "private"),
    )
    assert (host["CapDrop"], host["CapAdd"], host["Privileged"]) == (["ALL"], None, False)
    assert (host["ReadonlyRootfs"], host["AutoRemove"]) == (True, True)
    assert "no-new-privileges" in host["SecurityOpt"]
    assert host["LogConfig"]["Type"] == "none"
    assert host["RestartPolicy"]["Name"] == "no"
    assert (host["Binds"], host.get("Mounts"), told["Mounts"]) == (None, None, [])
    assert not [name for name in told["NetworkSettings"]["Networks"] if name != "none"]
    assert told["ExecIDs"] is None


def test_a_box_sees_nothing_of_the_container(sandbox: Sandbox) -> None:
    source = """
        import os, re
        status = open("/proc/self/status").read()
        print(re.findall(r"(?m)^(?:CapEff|CapBnd|NoNewPrivs|Seccomp):\\s*(.*)", status))
        print(os.getuid(), os.path.exists("/sys/kernel"), os.path.exists("/etc/resolv.conf"))
        print(sorted(int(name) for name in os.listdir("/proc") if name.isdigit())[0] > 1)
        for path in "/proc/1/fd", "/proc/2/fd/0", "/.dockerenv":
            try:
                os.listdir(path)
            except OSError as error:
                print(type(error).__name__)
    """
    assert printed(sandbox, source).splitlines() == [
        "['0000000000000000', '0000000000000000', '1', '2']",
        "1000 False False",
        "True",
        *["FileNotFoundError", "NotADirectoryError", "FileNotFoundError"],
    ]


# The image.


def test_the_image_is_built_once_and_named_by_what_is_in_it(
    client: Any, image: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert docker_image.find(client, BASE) == image
    built = client.inspect_image(image)["Created"]
    again = open_sandbox(f"docker:base={BASE}", 1)
    again.close()
    assert client.inspect_image(image)["Created"] == built
    # Another guest is another image.
    (tmp_path / "box.py").write_text("changed")
    monkeypatch.setattr(docker_image, "GUEST", str(tmp_path))
    assert docker_image.find(client, BASE) is None


def test_the_image_holds_the_packages_and_no_more_of_ours(sandbox: Sandbox) -> None:
    source = """
        import importlib.util, os
        print(sorted(name for name in os.listdir("/site") if "hackgym" in name))
        print([bool(importlib.util.find_spec(name)) for name in ("pytest", "hackgym")])
    """
    assert printed(sandbox, source).splitlines() == ["['hackgym_guest']", "[True, False]"]


def test_a_base_without_python_is_named(client: Any) -> None:
    empty = io.BytesIO()
    with tarfile.open(fileobj=empty, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("nothing"))
    client.import_image_from_data(empty.getvalue(), repository="hackgym-test/empty")
    sandbox = open_sandbox("docker:base=hackgym-test/empty", 1)
    with pytest.raises(SandboxUnavailable, match="cannot be built from hackgym-test/empty"):
        sandbox.run([Job((script("pass"),))])
    sandbox.close()


def test_a_base_that_cannot_be_had_is_named() -> None:
    sandbox = open_sandbox("docker:base=127.0.0.1:9/nothing", 1)
    with pytest.raises(SandboxUnavailable, match=r"127.0.0.1:9/nothing cannot be pulled"):
        sandbox.run([Job((script("pass"),))])
    sandbox.close()


# What goes wrong.


def test_options_are_checked() -> None:
    with pytest.raises(UnknownName, match=r"runtme.*did you mean 'runtime'"):
        open_sandbox("docker:runtme=runc")
    with pytest.raises(UnknownName, match=r"crum.*did you mean 'crun'"):
        open_sandbox("docker:runtime=crum")
    with pytest.raises(BadInput, match="give a value"):
        open_sandbox("docker:runtime=")


def test_without_an_engine_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    with pytest.raises(SandboxUnavailable, match=r"no Docker engine answers .*DOCKER_HOST"):
        open_sandbox("docker")


def test_a_killed_container_costs_one_job(client: Any, sandbox: Sandbox) -> None:
    answers: list[Any] = []
    job = Job((script(SLEEP, {"wall_s": 60}),))
    runs = threading.Thread(target=lambda: answers.extend(sandbox.run([job])))
    runs.start()
    assert eventually(lambda: at_work(client))
    (container,) = ours(client, living=True)
    client.kill(container["Id"])
    runs.join()
    assert answers == [None]
    assert printed(sandbox, "print(2)") == "2\n"
    # One that is killed between jobs costs none.
    (container,) = ours(client, living=True)
    client.kill(container["Id"])
    assert printed(sandbox, "print(3)") == "3\n"


def test_a_killed_engine_costs_one_job_and_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with Engine() as own, contextlib.closing(own.client()) as client:
        monkeypatch.setenv("DOCKER_HOST", own.address)
        sandbox = opened(own)
        answers: list[Any] = []
        job = Job((script(SLEEP, {"wall_s": 60}),))
        runs = threading.Thread(target=lambda: answers.extend(sandbox.run([job])))
        printed(sandbox, "print(1)")
        runs.start()
        assert eventually(lambda: at_work(client))
        own.kill()
        runs.join()
        assert answers == [None]
        with pytest.raises(SandboxUnavailable, match="engine"):
            sandbox.run([job])
        own.start()
        assert printed(sandbox, "print(2)") == "2\n"
        assert eventually(lambda: len(ours(client)) == 1)
        sandbox.close()
        assert ours(client) == []


def test_a_job_that_needs_more_memory_gets_it(client: Any, sandbox: Sandbox) -> None:
    printed(sandbox, "print(1)")
    assert run(sandbox, "x = b'x' * (2000 << 20)", memory_mb=3000).exit_code == 0
    (container,) = ours(client)
    limit = client.inspect_container(container["Id"])["HostConfig"]["Memory"]
    assert limit >= 3000 << 20


# What is left.


def test_nothing_is_left_after_close(client: Any, engine: Engine) -> None:
    assert ours(client) == []  # the client keeps its connection
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        sandbox = opened(engine, workers=2)
        sandbox.run([Job((script("pass"),))] * 4)
        assert ours(client)
        sandbox.close()
        sandbox.close()
        assert ours(client) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == before


HOST = """
import sys, threading
from hackgym.sandbox import Job, open_sandbox
from hackgym.testing.frame import script
from hackgym_guest import landlock
sandbox = open_sandbox(sys.argv[1], 1)
sandbox.run([Job((script("pass"),))])
print("ready", flush=True)
if sys.argv[2] == "run":
    sandbox.run([Job((script(sys.argv[3], {"wall_s": 60}),))])
"""


def host(*arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOST, f"docker:base={BASE}", *arguments],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def test_nothing_is_left_by_a_host_that_just_ends(client: Any) -> None:
    process = host("end")
    process.communicate()
    assert process.returncode == 0
    assert ours(client) == []


def test_containers_end_with_a_killed_host(client: Any) -> None:
    process = host("run", SLEEP)
    assert eventually(lambda: at_work(client))
    process.kill()
    process.communicate()
    assert eventually(lambda: ours(client) == [])


def test_what_dead_owners_have_left_is_swept_up(client: Any, engine: Engine, image: str) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mine = docker_owner.labels("mine")
    owners = {
        "living": mine,
        "dead": mine | {"hackgym.pid": str(gone.pid)},
        "reused": mine | {"hackgym.started": "1"},
        "elsewhere": mine | {"hackgym.boot": "another", "hackgym.pid": str(gone.pid)},
        "strange": mine | {"hackgym.pid": "../1"},
    }
    made = {}
    for name, labels in owners.items():
        config = docker_config.container(image, "runc", labels, 2, namespaces=True)
        made[name] = client.create_container_from_config(config)["Id"]
    opened(engine).close()
    left = {each["Id"] for each in ours(client)}
    for container in left & set(made.values()):
        client.remove_container(container)
    assert {name for name, container in made.items() if container in left} == {
        *("living", "elsewhere", "strange"),
    }


# The lower tier.


@pytest.fixture(params=["gVisor", "no unshare"])
def below(
    request: pytest.FixtureRequest, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sandbox]:
    """Where containers have no namespaces: by their kernel, or by a filter such as Docker's own."""
    if request.param == "no unshare":
        allowed = [name for name in docker_config.FOR_ZYGOTES if name != "unshare"]
        monkeypatch.setattr(docker_config, "FOR_ZYGOTES", allowed)
    sandbox = opened(engine, "runsc" if request.param == "gVisor" else "runc")
    yield sandbox
    sandbox.close()


def test_without_namespaces_a_container_is_replaced_after_every_run(
    client: Any, below: Sandbox
) -> None:
    printed(below, "print(1)")
    assert "lower tier" in below.isolation
    assert "no user namespaces" in below.lacks  # type: ignore[attr-defined]  # as the jail's
    assert ours(client) == []
    source = """
        import os, subprocess
        marks = [f"{folder}/mark" for folder in ("/tmp", "/dev/shm", os.environ["HOME"])]
        print([path for path in marks if os.path.exists(path)])
        for path in marks:
            try:
                open(path, "w").close()
            except OSError:
                pass
        subprocess.Popen(["sleep", "100"], start_new_session=True)
    """
    for _ in range(2):
        assert printed(below, source) == "[]\n"
    assert ours(client) == []


def test_without_namespaces_too_a_box_is_kept_from_the_stream(below: Sandbox) -> None:
    source = """
        import os
        def attempt(what, call, *args):
            try:
                call(*args)
                print(what, *args)
            except OSError:
                pass
        for process in 1, 2, 3:
            for number in range(16):
                for flags in os.O_RDONLY, os.O_WRONLY:
                    path = f"/proc/{process}/fd/{number}"
                    try:
                        if os.readlink(path) == "/dev/null":
                            continue
                    except OSError:
                        pass
                    attempt("opened", os.open, path, flags | os.O_NONBLOCK)
            attempt("opened", os.open, f"/proc/{process}/mem", os.O_RDWR)
            if process != os.getpid():
                attempt("killed", os.kill, process, 9)
    """
    assert printed(below, source) == ""


def test_without_namespaces_verdicts_are_right(below: Sandbox, basics: TaskSet) -> None:
    task, style = basics["undo-buffer"], graders()["pytest"]
    cheats = catalogue()["early_exit"].exploits[0].against(task)
    asked = [Entry(task, Submission(files), style) for files in (task.reference, cheats)]
    verdicts = Judge(below).judge_many(asked)
    assert [verdict.outcome for verdict in verdicts] == ["legit", "hack"]


# The stream.


def packets(*parts: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack(">BxxxI", kind, len(data)) + data for kind, data in parts)


def test_the_stream_is_taken_apart_however_it_comes() -> None:
    whole = packets((1, b"ab"), (2, b"a note"), (1, b""), (1, b"cde"), (2, b"\nthe last!"))
    for step in (1, 3, len(whole)):
        ours, theirs = socket.socketpair()
        stream = docker_slot.Stream(ours)

        def feed(theirs: socket.socket = theirs, step: int = step) -> None:
            with theirs:
                for at in range(0, len(whole), step):
                    theirs.sendall(whole[at : at + step])

        feeder = threading.Thread(target=feed)
        feeder.start()
        got = b""
        while part := stream.receive(100):
            got += part
        feeder.join()
        stream.close()
        assert (got, stream.notes) == (b"abcde", "the last!")


def test_an_answer_that_is_too_long_breaks_the_slot_and_fills_no_memory() -> None:
    ours, theirs = socket.socketpair()
    stream = docker_slot.Stream(ours)
    theirs.sendall(packets((1, bytes([0, 0, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF]) + b"{}")))
    with pytest.raises(ValueError, match="is over"):
        answer(stream.receive, script("pass"))
    theirs.close()
    stream.close()


# Judging.


def entries(basics: TaskSet) -> list[Entry]:
    """A reference, a stub and some pages' first exploits, on a task, by each grader that fits."""
    task, verified = basics["undo-buffer"], basics["table-text"]
    found = []
    for number, grader in enumerate(graders().values()):
        asked = verified if grader.name == "verifier" else task
        answers = [asked.reference, {MAIN: bind("", asked, cheats=False)}]
        natural = [page for page in catalogue().values() if page.name in grader.natural]
        for page in natural[number % 4 :: 4]:
            exploit = page.exploits[0]
            fits = grader.name in exploit.styles and exploit.fits(asked) and grader.fits(asked)
            if fits and page.name != "timeout_as_pass":  # it takes its time
                answers.append(exploit.against(asked))
        if grader.fits(asked):
            found += [Entry(asked, Submission(files), grader) for files in answers]
    return found


def test_verdicts_are_those_of_the_jail(engine: Engine, judge: Judge, basics: TaskSet) -> None:
    asked = entries(basics)
    sandbox = opened(engine, workers=2)
    try:
        theirs = Judge(sandbox).judge_many(asked)
    finally:
        sandbox.close()
    for mine, verdict in zip(judge.judge_many(asked), theirs, strict=True):
        assert summary(verdict) == summary(mine)
    assert {verdict.outcome for verdict in theirs} >= {"legit", "fail", "hack"}


def summary(verdict: Verdict) -> tuple[object, ...]:
    return verdict.outcome, verdict.hacks, verdict.reward, verdict.true_reward


@pytest.mark.usefixtures("image")
def test_doctor_tells_of_each_runtime(client: Any, engine: Engine) -> None:
    before = ours(client)
    name, _, tag = docker_image.DEFAULT_BASE.partition(":")
    client.tag(BASE, name, tag)
    command = [sys.executable, "-m", "hackgym", "doctor", "--json"]
    told = subprocess.run(command, capture_output=True, check=True)
    states = {state["name"]: state for state in json.loads(told.stdout)}
    assert states["docker"]["works"]
    assert "container (runc)" in states["docker"]["isolates"]
    for runtime in set(engine.runtimes) - {"runc"}:
        state = states[f"docker:runtime={runtime}"]
        assert state["works"]
        assert f"container ({runtime})" in state["isolates"]
        assert ("lower tier" in state["isolates"]) == (runtime == "runsc")
    assert len(ours(client)) == len(before) == 1  # the fixture's
