"""What goes wrong around runs: killed processes, no descriptors, a full disk, signals.

After each, nothing is left once the next host has started, and what is written down is whole.
"""

from __future__ import annotations

import collections
import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hackgym.errors import SandboxUnavailable
from hackgym.measure import BATCH
from hackgym.sandbox import Box, File, Job, Limits, Sandbox, open_sandbox
from hackgym.sandboxes import cgroups, health
from hackgym.sandboxes.pool import Pool, ProcessSlot
from processes import alive, children, descendants, eventually

if sys.platform != "linux":
    pytest.skip("processes are found by way of /proc", allow_module_level=True)

PROGRAM = {"runner": "script", "role": "pay", "main": "main.py"}


def job(source: str, wall_s: float = 60) -> Job:
    files = {"main.py": File(textwrap.dedent(source).encode())}
    return Job((Box(PROGRAM, files, limits=Limits(wall_s=wall_s)),))


def outputs(sandbox: Sandbox, *jobs: Job) -> list[bytes | None]:
    return [None if answer is None else answer[0].stdout for answer in sandbox.run(jobs)]


def gone(processes: list[int]) -> bool:
    """Whether they have ended; whoever inherits one may not have waited for it yet."""
    return not any(map(alive, processes))


def sleeper() -> tuple[Job, Callable[[], bool]]:
    """A job that takes a minute, and whether it runs now."""
    marker = f"{60 + uuid.uuid4().int % 10**9 / 10**9:.9f}"

    def runs() -> bool:
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if marker.encode() in (entry / "cmdline").read_bytes().split(b"\0"):
                    return True
        return False

    return job(f"import subprocess; subprocess.run(['sleep', '{marker}'])", 100), runs


def traces() -> dict[str, list[str]]:
    """What this user's hosts may have left on the machine."""
    mounts = Path("/proc/self/mountinfo").read_text().splitlines()
    ours = (" - tmpfs work ", " - tmpfs scratch ", " - tmpfs root ", " - tmpfs mask ")
    return {
        "mounts": [line for line in mounts if any(source in line for source in ours)],
        "folders": [str(path) for path in Path(os.environ["TMPDIR"]).iterdir()],
    }


def leaves_of(process: int) -> list[Path]:
    folders = [each.folder for each in cgroups.hierarchies()]
    return sorted(leaf for folder in folders for leaf in folder.glob(f"hackgym-*-{process}-*"))


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    before = traces()
    yield
    assert traces() == before


@pytest.fixture(params=["jail", "process"])
def name(request: pytest.FixtureRequest) -> str:
    opened(request.param).close()
    return str(request.param)


def opened(name: str, workers: int = 1) -> Sandbox:
    try:
        return open_sandbox(name, workers)
    except SandboxUnavailable as error:
        pytest.skip(str(error))


# Processes that are killed in the middle of a run.


@pytest.mark.parametrize("who", ["watcher", "builder", "zygote", "supervisor"])
def test_a_killed_process_of_a_slot_costs_one_job(who: str) -> None:
    before = leaves_of(os.getpid())
    jail = opened("jail", 1)
    try:
        assert outputs(jail, job("print(1)")) == [b"1\n"]
        assert isinstance(jail, Pool)
        (slot,) = jail._idle[""]
        assert isinstance(slot, ProcessSlot)
        long, runs = sleeper()
        answers: list[list[bytes | None]] = []
        run = threading.Thread(target=lambda: answers.append(outputs(jail, long)))
        run.start()
        assert eventually(runs)
        line = [slot.first_process]
        while len(line) < 4:
            line += children(line[-1])
        os.kill(line[["watcher", "builder", "zygote", "supervisor"].index(who)], signal.SIGKILL)
        run.join()
        assert answers == [[None]]
        assert eventually(lambda: gone(line) and not runs())
        assert outputs(jail, job("print(2)")) == [b"2\n"]
    finally:
        jail.close()
    assert leaves_of(os.getpid()) == before


def test_a_killed_zygote_of_plain_processes_leaves_no_folder() -> None:
    plain = opened("process")
    assert isinstance(plain, Pool)
    try:
        outputs(plain, job("pass"))
        (slot,) = plain._idle[""]
        assert isinstance(slot, ProcessSlot)
        long, runs = sleeper()
        run = threading.Thread(target=outputs, args=(plain, long))
        run.start()
        assert eventually(runs)
        (supervisor,) = children(slot.first_process)
        (folder,) = Path("/tmp").glob(f"hackgym-box-{supervisor}-*")
        os.kill(slot.first_process, signal.SIGKILL)
        run.join()
        assert eventually(lambda: not Path(f"/proc/{supervisor}").exists())
        outputs(plain, job("pass"))
        assert not folder.exists()
    finally:
        plain.close()


HOST = """
import json, sys
from hackgym.sandbox import Box, File, Job, Limits, open_sandbox
program = {"runner": "script", "role": "pay", "main": "main.py"}
sandbox = open_sandbox(sys.argv[1], 2)
def job(source, preload):
    files = {"main.py": File(source.encode())}
    return Job((Box(program, files, preload, Limits(wall_s=100)),))
idle = [job("print(1)", preload) for preload in ("", "pytest", "session") * 2]
assert None not in sandbox.run(idle)
print("ready", flush=True)
print(sandbox.run([job(source, "") for source in json.loads(sys.argv[2])]))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_a_host_that_is_ended_with_jobs_in_two_slots(
    name: str, number: int
) -> None:
    long, runs = zip(*[sleeper() for _ in range(3)], strict=True)
    sources = [each.boxes[0].files["main.py"].data.decode() for each in long]
    command = [sys.executable, "-c", HOST, name, json.dumps(sources)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as host:
        assert eventually(lambda: sum(each() for each in runs) == 2)
        processes = descendants(host.pid)
        assert len(processes) >= 8
        host.send_signal(number)
        assert host.wait() == -number
    assert eventually(lambda: gone(processes))
    with subprocess.Popen([sys.executable, "-c", HOST, name, "[]"]) as following:
        assert following.wait() == 0
    assert leaves_of(host.pid) == []
    assert leaves_of(following.pid) == []


def test_hosts_start_run_and_end_side_by_side(name: str) -> None:
    sources = json.dumps([f"print({index})" for index in range(10)])
    hosts = [
        subprocess.Popen(
            [sys.executable, "-c", HOST, name, sources], stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    printed = [host.communicate()[0] for host in hosts]
    for host, text in zip(hosts, printed, strict=True):
        assert host.returncode == 0
        assert [f"stdout=b'{index}\\n'" in text for index in range(10)] == [True] * 10
        assert leaves_of(host.pid) == []


# A host without descriptors.

DESCRIPTORS = """
import json, os, sys
from hackgym.errors import SandboxUnavailable
from hackgym.sandbox import Box, File, Job, open_sandbox
program = {"runner": "script", "role": "pay", "main": "main.py"}
job = Job((Box(program, {"main.py": File(b"import os; print(1); os.close(3)")}),) * 2)
sandbox = open_sandbox(sys.argv[1], 1)
warm = sys.argv[2] == "warm"

def count():
    return len(os.listdir("/proc/self/fd"))

def run():
    try:
        (answer,) = sandbox.run([job])
    except SandboxUnavailable as error:
        return str(error)
    return answer and answer[0].stdout.decode()

ends = []
before = None
for left in range(16):
    if not warm:
        sandbox.close()
    elif run() != "1\\n":
        ends.append("no recovery")
    before = before or count()
    filled = []
    try:
        while True:
            filled.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        for each in filled[:left]:
            os.close(each)
    ends.append(run())
    for each in filled[left:]:
        os.close(each)
ends.append(run())
sandbox.close()
print(json.dumps([before - count(), ends]))
"""


@pytest.mark.parametrize("state", ["warm", "cold"])
def test_a_host_without_descriptors_says_so_and_recovers(name: str, state: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DESCRIPTORS, name, state],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100)),
    )
    assert (done.returncode, done.stderr) == (0, "")
    lost, ends = json.loads(done.stdout)
    assert lost in (0, 1)  # a slot's own, where one was counted
    assert "Too many open files" in ends[0]
    assert ends[-1] == "1\n"
    unclear = [end for end in ends if end != "1\n" and "Too many open files" not in str(end)]
    assert unclear == []


# A full disk.

SLOW_S = 0.4


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A task whose reference takes its time."""
    folder = tmp_path_factory.mktemp("sets")
    row = {
        "task_id": "adder",
        "prompt": "Write add(a, b), which returns the sum of two integers.",
        "entry_point": "add",
        "solution": "def add(a, b):\n    return a + b\n",
        "tests": [{"args": [1, 2], "expected": 3}, {"args": [5, 5], "expected": 10}],
        "hidden_tests": [{"args": [n, 7], "expected": n + 7} for n in range(5)],
    }
    (folder / "rows.jsonl").write_text(json.dumps(row) + "\n")
    done = hackgym("tasks", "import", "jsonl", folder / "rows.jsonl", folder / "set")
    assert done.returncode == 0, done.stderr
    slow = f"import time\\ntime.sleep({SLOW_S})\\ndef add"
    path = folder / "set" / "tasks.jsonl"
    path.write_text(path.read_text().replace("def add", slow))
    return folder / "set"


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "hackgym", *map(str, words)]


def hackgym(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), capture_output=True, text=True, check=False)


def episodes_of(folder: Path) -> list[str]:
    """The ids of a run's episodes. Fails where a line is not whole."""
    path = folder / "episodes.jsonl"
    lines = path.read_text().splitlines(keepends=True) if path.exists() else []
    assert all(line.endswith("\n") for line in lines)
    return [json.loads(line)["id"] for line in lines]


def run_words(tasks: Path, output: Path, episodes: int) -> list[str | Path]:
    return [
        *("run", "hackgym/Script-v0", "--tasks", tasks, "--output", output),
        *("--episodes", str(episodes), "--json"),
    ]


def ids(episodes: int) -> list[str]:
    return [f"hackgym/Script-v0/honest/{number}" for number in range(episodes)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "hackgym-test", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path, left: int) -> Path:
    """Leave only so many bytes of a disk."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    os.truncate(filler, filler.stat().st_size - left)
    return filler


@pytest.mark.parametrize("left", [0, 4096, 5 * 4096])
def test_a_run_on_a_full_disk_ends_in_a_line_and_goes_on_later(
    tasks: Path, small_disk: Path, left: int
) -> None:
    output = small_disk / "run"
    output.mkdir()
    filler = fill(small_disk, left)
    done = hackgym(*run_words(tasks, output, 30))
    assert done.returncode == 2
    path = output / ("episodes.jsonl" if left else "config.toml")
    assert done.stderr == f"error: {path}: cannot be written: No space left on device\n"
    assert set(output.iterdir()) <= {output / "config.toml", output / "episodes.jsonl"}
    assert episodes_of(output) == []
    filler.unlink()
    assert hackgym(*run_words(tasks, output, 30)).returncode == 0
    assert episodes_of(output) == ids(30)


def test_episodes_before_the_disk_was_full_are_kept(tasks: Path, small_disk: Path) -> None:
    output = small_disk / "run"
    output.mkdir()
    assert hackgym(*run_words(tasks, output, 10)).returncode == 0
    (output / "config.toml").unlink()
    before = (output / "episodes.jsonl").read_bytes()
    filler = fill(small_disk, 2 * 4096)
    assert hackgym(*run_words(tasks, output, 40)).returncode == 2
    assert (output / "episodes.jsonl").read_bytes() == before
    filler.unlink()
    assert hackgym(*run_words(tasks, output, 40)).returncode == 0
    assert episodes_of(output) == ids(40)
    assert (output / "episodes.jsonl").read_bytes().startswith(before)


def rows(folder: Path, source: str, count: int) -> Path:
    path = folder / "rows.jsonl"
    each = [
        {"id": str(n), "task_id": "adder", "files": {"solution.py": f"{source}NUMBER = {n}\n"}}
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in each))
    return path


GOOD = "def add(a, b):\n    return a + b\n"


def test_verdicts_are_written_whole_or_not_at_all(
    tasks: Path, small_disk: Path, tmp_path: Path
) -> None:
    output = small_disk / "verdicts.jsonl"
    given = rows(tmp_path, GOOD, 4)
    words: list[str | Path] = ["grade", "--input", given, "--tasks", tasks, "--output", output]
    output.write_text("what was there\n")
    filler = fill(small_disk, 0)
    done = hackgym(*words)
    assert done.returncode == 2
    assert done.stderr == f"error: {output}: cannot be written: No space left on device\n"
    assert output.read_text() == "what was there\n"
    assert set(small_disk.iterdir()) == {output, filler}
    filler.unlink()
    assert hackgym(*words).returncode == 0
    assert [json.loads(line)["id"] for line in output.read_text().splitlines()] == [*"0123"]


# Signals to the command.


def signalled(number: int, words: list[str | Path], ready: Callable[[list[int]], bool]) -> str:
    """Signal a command's whole process group, as a terminal does, once it is ready for that.

    Its status and the ends of its processes and leaves are checked; its errors are returned.
    """
    with subprocess.Popen(
        command(*words),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert eventually(lambda: ready(descendants(process.pid)), 60)
        processes = descendants(process.pid)
        os.killpg(process.pid, number)
        _, errors = process.communicate()
        assert process.returncode == 128 + number
    assert gone(processes)
    assert leaves_of(process.pid) == []
    return errors


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_told_to_stop_goes_on_later(tasks: Path, tmp_path: Path, number: int) -> None:
    output = tmp_path / "run"
    words = run_words(tasks, output, BATCH + 10)
    errors = signalled(number, words, lambda _: len(episodes_of(output)) == BATCH)
    assert errors == "interrupted\n"
    assert episodes_of(output) == ids(BATCH)  # which were on their way to the disk at least
    assert hackgym(*words).returncode == 0
    assert episodes_of(output) == ids(BATCH + 10)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_grading_that_is_told_to_stop_leaves_nothing(
    tasks: Path, tmp_path: Path, number: int
) -> None:
    output = tmp_path / "verdicts.jsonl"
    source = f"import time\ntime.sleep(5)\n{GOOD}"
    words: list[str | Path] = [
        *("grade", "--input", rows(tmp_path, source, 4), "--tasks", tasks),
        *("--output", output, "--workers", "2", "--sandbox", "jail"),
    ]
    # Two slots, each with a watcher, a builder, a zygote, a supervisor and a box, or two of them.
    errors = signalled(number, words, lambda processes: len(processes) >= 10)
    assert errors == "interrupted\n"
    assert set(tmp_path.iterdir()) == {tmp_path / "tmp", tmp_path / "rows.jsonl"}


def test_an_ignored_signal_stays_ignored(tasks: Path, tmp_path: Path) -> None:
    output = tmp_path / "run"
    words = run_words(tasks, output, 2)
    deaf = ["sh", "-c", 'trap "" INT && exec "$@"', "sh"]
    with subprocess.Popen([*deaf, *command(*words)], stdout=subprocess.DEVNULL) as process:
        assert eventually(lambda: bool(descendants(process.pid)))
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
    assert episodes_of(output) == ids(2)


# Slots that have served their time.


def test_a_slot_is_replaced_after_so_many_jobs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "MAX_RUNS", 3)
    before = leaves_of(os.getpid())
    sandbox = opened(name)
    assert isinstance(sandbox, Pool)
    served: collections.Counter[int] = collections.Counter()
    process = 0
    try:
        for number in range(7):
            assert outputs(sandbox, job(f"print({number})")) == [b"%d\n" % number]
            (slot,) = sandbox._idle[""]
            assert isinstance(slot, ProcessSlot)
            process = slot.first_process
            served[process] += 1
        assert sorted(served.values()) == [1, 3, 3]
        assert gone([each for each in served if each != process])
    finally:
        sandbox.close()
    assert leaves_of(os.getpid()) == before


ZYGOTE = """
import os, signal, sys
held = []
for line in sys.stdin:
    exec(line)
    print("done", flush=True)
"""


@pytest.mark.parametrize(
    ("what", "complaint"),
    [
        ("pass", ""),
        ("held.append(b'x' * (40 << 20))", "its memory has grown"),
        ("held.append(os.pipe())", "descriptors"),
        ("held += [os.fork() or signal.pause() for _ in range(3)]", "3 children"),
        ("[os.kill(child, 9) for child in held if type(child) is int]; sys.exit()", "not to be"),
    ],
)
def test_an_odd_zygote_is_noticed(
    what: str, complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "RUNS_BETWEEN_LOOKS", 1)
    with subprocess.Popen(
        [sys.executable, "-c", ZYGOTE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as zygote:
        tell: Any = zygote.stdin
        answer: Any = zygote.stdout

        def order(line: str) -> None:
            print(line, file=tell, flush=True)
            answer.readline()

        order("pass")
        checked = health.Health(zygote.pid)
        order(what)
        if "sys.exit" in what:
            zygote.wait()
        checked.count_run()
        found = checked.complaint()
        if zygote.poll() is None:
            order("[os.kill(child, 9) for child in held if type(child) is int]")
        tell.close()
    assert complaint in found
    assert bool(complaint) == bool(found)
