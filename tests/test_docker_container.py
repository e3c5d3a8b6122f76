"""What a container of the sandbox `docker` has and lacks, and what a box sees of it.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2
"""

from __future__ import annotations

import json
import os
import textwrap
from typing import Any

import pytest

from docker_boxes import opened, ours, printed
from engine import Engine
from hackgym.sandbox import Sandbox
from hackgym.sandboxes import docker_config, docker_slot
from hackgym_guest import landlock

pytestmark = pytest.mark.usefixtures("docker_host")

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


def test_the_engine_says_so_too(client: Any, docker_sandbox: Sandbox) -> None:
    printed(docker_sandbox, "print(1)")
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


def test_a_box_sees_nothing_of_the_container(docker_sandbox: Sandbox) -> None:
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
    assert printed(docker_sandbox, source).splitlines() == [
        "['0000000000000000', '0000000000000000', '1', '2']",
        "1000 False False",
        "True",
        *["FileNotFoundError", "NotADirectoryError", "FileNotFoundError"],
    ]
