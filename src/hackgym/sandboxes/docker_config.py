"""How a container of the sandbox `docker` is made: what it may use, and what is kept from it."""

from __future__ import annotations

import json
from typing import Any

from hackgym.sandbox import Job, Limits
from hackgym_guest import isolate, seccomp, syscalls
from hackgym_guest.view import SITE

USER = "65534:65534"
_TO_BE_OTHERS = ["CHOWN", "DAC_OVERRIDE", "SETGID", "SETPCAP", "SETUID"]
"""What it takes to give boxes users of their own; see `hackgym_guest.confined`."""

OWN_MB = 256
"""Memory for what is no box: the gate, the zygote and the supervisors."""

MOST_PROCESSES = 1024
"""In a container, behind the limits of its boxes."""

_MOST = {"core": 0, "nofile": 1024, "memlock": 0, "msgqueue": 0, "rtprio": 0}
_TMPFS = "exec,nosuid,nodev,size=256m,nr_inodes=16k,mode=1777"

FOR_ZYGOTES = (
    *("unshare", "setns", "mount", "umount2", "pivot_root", "mount_setattr", "sethostname"),
    *("capset", "seccomp", "prctl", "sched_setaffinity", "statx"),
    *("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"),
)
"""What the zygote calls to make a place for a box; the box's own filter refuses it again."""

_NEW_NAMESPACES = 0x7E020000


def memory_mb(job: Job | None = None) -> int:
    """The memory that a container needs for a job; by default for one with the default limits."""
    limits = [box.limits for box in job.boxes] if job else [Limits()] * 2
    # A box has two scratch folders, whose files are memory.
    return OWN_MB + sum(each.memory_mb + 2 * each.scratch_mb for each in limits)


def container(
    image: str, runtime: str, labels: dict[str, str], cores: int, *, namespaces: bool
) -> dict[str, Any]:
    """The body of a request to create a container.

    `namespaces`: whether its processes are to make user namespaces, each with a fresh /proc, which
    takes a /proc that nothing is hidden in. No box ever sees that one. Otherwise the container is
    root's, and boxes are users of their own.
    """
    memory = memory_mb() << 20
    security = ["no-new-privileges", f"seccomp={json.dumps(profile())}"]
    host: dict[str, Any] = {
        "Runtime": runtime,
        "AutoRemove": True,
        "NetworkMode": "none",
        "ReadonlyRootfs": True,
        "CapDrop": ["ALL"],
        "SecurityOpt": security,
        "PidsLimit": MOST_PROCESSES,
        "Memory": memory,
        "MemorySwap": memory,
        "NanoCpus": min(2, cores) * 10**9,  # a job has two boxes at most
        "IpcMode": "none",
        "CgroupnsMode": "private",
        "OomScoreAdj": 500,
        "LogConfig": {"Type": "none", "Config": {}},
        "RestartPolicy": {"Name": "no"},
        "Ulimits": [{"Name": name, "Soft": most, "Hard": most} for name, most in _MOST.items()],
    }
    if namespaces:
        # The usual AppArmor profile refuses every mount.
        security.append("apparmor=unconfined")
        host |= {"MaskedPaths": [], "ReadonlyPaths": []}
    else:
        host["CapAdd"] = _TO_BE_OTHERS
        host["Tmpfs"] = {"/tmp": _TMPFS, "/dev/shm": _TMPFS}  # noqa: S108 - the container's own
    return {
        "Image": image,
        "Entrypoint": ["python3", "-s", "-P", "-S", "-c", isolate.BOOT, "gate", "0", SITE],
        "Cmd": [],
        "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
        "User": USER if namespaces else "0:0",
        "WorkingDir": "/",
        "Hostname": "box",
        "StopSignal": "SIGKILL",
        "NetworkDisabled": True,
        "Tty": False,
        "OpenStdin": True,
        "StdinOnce": True,  # the end of the host's process is the end of the input
        "AttachStdin": True,
        "AttachStdout": True,
        "AttachStderr": True,
        "Labels": labels,
        "HostConfig": host,
    }


def profile() -> dict[str, Any]:
    """The filter of a container: what boxes call, and what it takes to make a place for them.

    The filters of the boxes lie within it and refuse much more.
    """
    names = sorted({*syscalls.KNOWN, *FOR_ZYGOTES} - {"clone"})
    masked = {"index": 0, "value": _NEW_NAMESPACES, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}
    native = [
        {"architecture": f"SCMP_ARCH_{name.upper()}", "subArchitectures": []}
        for name in seccomp.ARCHITECTURES
    ]
    return {
        "defaultAction": "SCMP_ACT_ERRNO",
        "defaultErrnoRet": 1,
        "archMap": native,
        "syscalls": [
            {"names": names, "action": "SCMP_ACT_ALLOW"},
            {"names": ["clone"], "action": "SCMP_ACT_ALLOW", "args": [masked]},
            # So that the C library falls back on clone, whose flags can be seen.
            {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38},
        ],
    }
