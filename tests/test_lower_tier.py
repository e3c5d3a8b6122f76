"""The jail where namespaces are refused, in stand-ins for default containers.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from contained import OLD, OPTIONS, ROOT, USER, contained
from tier_scripts import SCRIPTS

# What happens in the container: scripts come as JSON, and what became of each goes back.
DRIVER = r"""
import json, os, sys, time
from pathlib import Path
from hackgym.sandbox import Job, Limits
from hackgym.sandboxes.jail import Jail
from hackgym.testing.frame import ended, script

def state(path):
    about = os.lstat(path)
    return [oct(about.st_mode), about.st_uid, about.st_size, about.st_mtime_ns, about.st_nlink]

def strays():
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (entry / "cmdline").read_text()
        except OSError:
            continue
        if any(f"/tmp/{slot}/site" in arguments for slot in slots):
            found.append(entry.name)
    return found[1:]  # one is the zygote

ours = Path("/tmp/ours")
ours.mkdir()
for name, mode in ("secret", 0o600), ("open", 0o666), ("folder", 0o777):
    (ours / name).mkdir() if name == "folder" else (ours / name).write_text("secret")
    (ours / name).chmod(mode)
places = {"OURS": str(ours), "HOST": os.getpid()}
jail = Jail(1)
shared = "/tmp", "/var/tmp", "/dev/shm"
jail.run([Job((script("pass"),))])
slots = set(os.listdir("/tmp"))
before = {path: state(path) for path in map(str, [ours, *ours.iterdir()])}
answers = {}
for name, sources in json.load(sys.stdin).items():
    for key, value in places.items():
        sources = [source.replace(f"@{key}@", str(value)) for source in sources]
    (ran,) = jail.run([Job(tuple(script(each, {"wall_s": 5}) for each in sources))])
    known = ran and [[*ended(each), each.stdout.decode(), each.stderr.decode()] for each in ran]
    left = {path: os.listdir(path) for path in shared[1:]}
    deadline = time.monotonic() + 5  # supervisors end after they have answered
    while strays() and time.monotonic() < deadline:
        time.sleep(0.01)
    answers[name] = {
        "ran": known,
        "left": [left, sorted(set(os.listdir("/tmp")) ^ slots)],
        "slot": [sorted(os.listdir("/tmp/" + each)) for each in slots if each != "ours"],
        "strays": strays(),
        "changed": [path for path in before if state(path) != before[path]],
    }
    before = {path: state(path) for path in before}
jail.close()
print(json.dumps({
    "answers": answers,
    "isolation": jail.isolation,
    "lacks": jail.lacks,
    "promises": sorted(jail.promises),
    "after": [os.listdir(each) for each in shared],
    "user": os.getuid(),
}))
"""


@dataclass(frozen=True)
class Outcome:
    """What a kind of container made of the scripts."""

    options: tuple[str, ...]
    answers: dict[str, Any]
    isolation: str
    lacks: str
    promises: list[str]
    after: list[list[str]]
    user: int

    def printed(self, name: str, box: int = 0) -> list[str]:
        code, number, stopped, out, err = self.answers[name]["ran"][box]
        assert (code, number, stopped, err) == (0, None, None, ""), name
        return str(out).splitlines()

    def lists(self, name: str, box: int = 0) -> list[Any]:
        return [eval(line) for line in self.printed(name, box)]


@pytest.fixture(scope="module", params=OPTIONS.values(), ids=list(OPTIONS))
def outcome(request: pytest.FixtureRequest) -> Outcome:
    with contained(request.param, "python", "-c", DRIVER) as process:
        out, err = process.communicate(json.dumps(SCRIPTS))
    assert process.returncode == 0, err
    return Outcome(request.param, **json.loads(out.splitlines()[-1]))


def test_the_tier_names_itself(outcome: Outcome) -> None:
    assert outcome.isolation.startswith("lower tier, because ")
    assert outcome.lacks
    assert {"kernel", "network"} <= set(outcome.promises)
    assert not {"processes", "scratch_limit", "same_view"} & set(outcome.promises)
    assert ("files" in outcome.promises) == (outcome.options == ROOT)


def test_boxes_leave_nothing_and_change_nothing(outcome: Outcome) -> None:
    nothing: dict[str, list[str]] = {path: [] for path in ("/var/tmp", "/dev/shm")}
    for name, answer in outcome.answers.items():
        assert answer["ran"] is not None, name
        assert answer["left"] == [nothing, []], name
        assert answer["slot"] == [["site"]], name
        assert answer["strays"] == [], name
        if outcome.options == OLD and name == "writes":
            assert set(answer["changed"]) <= {"/tmp/ours/open", "/tmp/ours/folder"}
        else:
            assert answer["changed"] == [], name
    assert outcome.after == [["ours"], [], []]


def test_a_box_finds_its_folders_and_no_privilege(outcome: Outcome) -> None:
    (line,) = outcome.printed("surroundings")
    found = json.loads(line)
    slot = Path(found["folder"]).parents[1]
    assert found["folder"] == f"{slot}/0/box"
    assert found["files"] == ["main.py"]
    assert found["scratch"] == [f"{slot}/0/tmp", f"{slot}/0/tmp", []]
    fields = dict(re.findall(r"(?m)^(\w+):[ \t]*(.*?)[ \t]*$", found["status"]))
    assert {int(fields[f"Cap{kind}"], 16) for kind in ("Inh", "Prm", "Eff", "Amb")} == {0}
    assert (fields["NoNewPrivs"], fields["Seccomp"]) == ("1", "2")
    uid, gid, groups = found["ids"]
    if outcome.options == USER:
        assert uid == outcome.user
    else:
        assert (min(uid, gid) >= 2_000_000_000, groups) == (True, [])
        assert int(fields["CapBnd"], 16) == 0


def test_files_of_the_host_cannot_be_read(outcome: Outcome) -> None:
    read, copied = outcome.lists("reads")
    if outcome.options == OLD:  # what every user can read
        public = {"open", "tmp", "passwd", "hackgym", "tasks", "site", "host arguments"}
        assert set(read) == public | {"processes"}
    else:
        assert read == []
    assert copied == []


def test_files_of_the_host_cannot_be_changed(outcome: Outcome) -> None:
    (done,) = outcome.lists("writes")
    if outcome.options == OLD:  # what every user can write to
        public = {"in tmp", "in var/tmp", "in a folder", "a folder", "append", "cut"}
        assert set(done) - {"link"} == public | {"cut on opening"}
    else:
        assert done == []


def test_own_files_can_be_changed(outcome: Outcome) -> None:
    (line,) = outcome.printed("own files")
    assert line.endswith("returncode=0, stdout='hi\\n', stderr='')")


def test_the_other_box_of_a_job_is_closed(outcome: Outcome) -> None:
    assert outcome.lists("the other box", 1) == [[], False]


def test_other_processes_get_no_signals(outcome: Outcome) -> None:
    code, number, _, out, err = outcome.answers["signals"]["ran"][0]
    assert (code, number, err) == (None, 9, "")
    assert out.splitlines() == ["[]", "[]", "15"]


def test_other_processes_cannot_be_traced(outcome: Outcome) -> None:
    assert outcome.printed("traces") == ["-1 -1", "-1 -1"]


def test_there_are_no_sockets_but_pairs(outcome: Outcome) -> None:
    assert outcome.printed("sockets") == ["[]", "b'pair'", "False False", "False False", "False"]


def test_a_box_has_only_so_many_processes(outcome: Outcome) -> None:
    (made,) = outcome.lists("many processes")
    assert 40 <= made <= (64 + 256 if outcome.options == USER else 64)


def test_a_bomb_ends_with_its_box(outcome: Outcome) -> None:
    assert outcome.answers["a bomb"]["ran"][0][:3] == [None, None, "wall"]


def test_locks_of_multiprocessing_need_users(outcome: Outcome) -> None:
    if outcome.options == USER:
        assert "PermissionError" in outcome.answers["semaphores"]["ran"][0][4]
    else:
        assert outcome.printed("semaphores") == ["locked"]


def test_another_python_finds_the_same_packages(outcome: Outcome) -> None:
    assert outcome.printed("another Python") == ["pytest ['main.py']"]
