"""Many runs on few slots: what the host and the slots hold stays the same."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from hackgym.errors import SandboxUnavailable
from hackgym.sandbox import Box, File, Job, Limits, Ran, open_sandbox
from hackgym.sandboxes import cgroups, health
from hackgym.sandboxes.jail_slot import JailSlot
from hackgym.sandboxes.pool import Pool

RUNS = 20_000
WARM_UP = 1000
BATCH = 500
SLOTS = 2

PASSES = b"def test_one():\n    assert 1 + 1 == 2\n"
STRAY = b"""
import os, signal, tempfile
for _ in range(3):
    if not os.fork():
        os.setsid()
        signal.pause()
tempfile.mkdtemp()
open("left", "wb").write(bytes(1 << 20))
os.kill(os.getpid(), signal.SIGTERM)
"""


def job(number: int) -> Job:
    """Mostly short scripts, now and then pytest, two boxes, or one that leaves all it can."""
    script = {"runner": "script", "role": "pay", "main": "main.py"}
    hello = Box(script, {"main.py": File(b"import os; print('hello'); os.close(3)")}, "session")
    if number % 20 == 1:
        program = {"runner": "pytest", "role": "pay", "main": "test_solution.py"}
        return Job((Box(program, {"test_solution.py": File(PASSES)}, "session"),))
    if number % 20 == 2:
        return Job((hello, hello))
    if number % 20 == 3:
        limits = Limits(memory_mb=600, processes=32)
        return Job((Box(script, {"main.py": File(STRAY)}, "session", limits),))
    return Job((hello,))


def fine(number: int, ran: tuple[Ran, ...] | None) -> bool:
    kind = number % 20
    if ran is None:
        return False
    if kind == 1:
        return ran[0].exit_code == 0
    if kind == 3:
        return ran[0].signal == 15
    return all(each.stdout == b"hello\n" for each in ran) and len(ran) == 1 + (kind == 2)


@dataclass(frozen=True)
class Held:
    """What may not grow, in the host and in its slots together."""

    descriptors: int
    processes: int
    mounts: int
    leaves: int
    host_mb: int
    zygotes_mb: int
    kernel_mb: int


def slots(pool: Pool) -> list[JailSlot]:
    return [slot for slot in pool._idle["session"] if isinstance(slot, JailSlot)]


def held(pool: Pool) -> Held:
    zygotes = [slot.zygote() for slot in slots(pool)]
    assert len(zygotes) == SLOTS
    vitals = [look for each in (os.getpid(), *zygotes) if (look := health.look(each))]
    assert len(vitals) == 1 + SLOTS
    own = [leaf for each in cgroups.hierarchies() for leaf in each.folder.iterdir()]
    return Held(
        descriptors=sum(each.descriptors for each in vitals),
        processes=len(own_processes()),
        mounts=sum(
            len(Path(f"/proc/{each}/mounts").read_text().splitlines())
            for each in ("self", *zygotes)
        ),
        leaves=sum(leaf.name.startswith(cgroups._prefix()) for leaf in own),
        host_mb=vitals[0].memory_kb >> 10,
        zygotes_mb=sum(each.memory_kb for each in vitals[1:]) >> 10,
        kernel_mb=sum(map(kernel_mb, slots(pool))),
    )


def own_processes() -> list[int]:
    """Those that descend from this one, and have not ended."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            parents[int(entry.name)] = int(parent)
    found = [os.getpid()]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def kernel_mb(slot: JailSlot) -> int:
    """What the kernel holds for a slot, where control groups tell."""
    for folder in slot._leaf._folders:
        if (folder / "memory.kmem.usage_in_bytes").exists():
            return int((folder / "memory.kmem.usage_in_bytes").read_text()) >> 20
        if (folder / "memory.stat").exists():
            lines = (folder / "memory.stat").read_text().splitlines()
            return int(dict(line.split() for line in lines)["kernel"]) >> 20
    return 0


@pytest.mark.slow
def test_nothing_grows_over_many_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("processes are counted by way of /proc")
    monkeypatch.setattr(health, "MAX_RUNS", 10**9)  # the same zygotes from beginning to end
    try:
        jail = open_sandbox("jail", SLOTS)
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    assert isinstance(jail, Pool)
    first = None
    try:
        for start in range(0, RUNS, BATCH):
            numbers = range(start, start + BATCH)
            answers = jail.run([job(number) for number in numbers])
            assert [n for n, ran in zip(numbers, answers, strict=True) if not fine(n, ran)] == []
            if start + BATCH == WARM_UP:
                first, zygotes = held(jail), {slot.zygote() for slot in slots(jail)}
        assert first is not None
        last = held(jail)
        assert {slot.zygote() for slot in slots(jail)} == zygotes
    finally:
        jail.close()
    growth = {name: value - asdict(first)[name] for name, value in asdict(last).items()}
    for name in ("descriptors", "mounts", "leaves"):
        assert growth[name] == 0, (first, last)
    assert growth["processes"] <= SLOTS, (first, last)  # a supervisor may be about to end
    for name, most_mb in ("host_mb", 8), ("zygotes_mb", 4), ("kernel_mb", 8):
        assert growth[name] <= most_mb, (first, last)
