"""What a box sees of the system that it stands on, all of it read-only.

The system's programs and libraries, Python with its standard library, and no package of Python's
but those that are put into SITE.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SITE = "/site"
"""The folder in a box that holds the packages that tests run with."""

_PREFIXES = ("", "/usr", "/usr/local", sys.base_prefix, sys.base_exec_prefix)
_SYSTEM_FOLDERS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32", "libexec")
_MORE = (
    "/dev/null",
    "/dev/zero",
    "/dev/full",
    "/dev/random",
    "/dev/urandom",
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/usr/share/zoneinfo",
)
_VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
_LINKS = {
    "/dev/fd": "/proc/self/fd",
    "/dev/stdin": "/proc/self/fd/0",
    "/dev/stdout": "/proc/self/fd/1",
    "/dev/stderr": "/proc/self/fd/2",
    "/dev/shm": "/tmp",
}
_TEXTS = {
    "/etc/passwd": "root:x:0:0::/:/bin/false\n"
    "box:x:1000:1000::/tmp:/bin/sh\n"
    "box2:x:1001:1001::/tmp:/bin/sh\n",
    "/etc/group": "root:x:0:\nbox:x:1000:\nbox2:x:1001:\n",
}


def system(python: str) -> dict[str, Any]:
    """What the root of a slot is made of, for `hackgym_guest.isolate`, but for what lies in SITE.

    `python`: the interpreter that boxes run.
    """
    folders = [Path(prefix or "/", name) for prefix in _PREFIXES for name in _SYSTEM_FOLDERS]
    found = [path for path in [*folders, *map(Path, _MORE)] if path.exists()]
    links = {str(path): str(path.readlink()) for path in found if path.is_symlink()}
    sites = list(_sites())
    ours = [site for site in sites if site.parent.name == _VERSION]
    return {
        "python": python,
        "site": SITE,
        "sites": [str(path) for path in ours],
        "masks": [str(path) for path in sites if path not in ours],
        "links": _LINKS | links,
        "texts": _TEXTS,
        "binds": {str(path): str(path) for path in found if str(path) not in links},
    }


def environment(python: str) -> dict[str, str]:
    """The environment variables of a box that runs this interpreter; none of the host's."""
    folders = dict.fromkeys([str(Path(python).parent), "/usr/local/bin", "/usr/bin", "/bin"])
    return {
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "PATH": ":".join(folders),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
        # An arena per thread, and a pool of threads per core, would take more memory than there is.
        "MALLOC_ARENA_MAX": "2",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _sites() -> Iterator[Path]:
    """The folders of installed packages among what a box sees."""
    for prefix in dict.fromkeys(_PREFIXES):
        for pattern in ("lib*/*/site-packages", "lib*/*/dist-packages"):
            for path in Path(prefix or "/").glob(pattern):
                if str(path) == os.path.realpath(path):  # else it is seen under its own name
                    yield path
