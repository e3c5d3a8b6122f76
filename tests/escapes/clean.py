"""What a run that attacks nothing finds and can do, printed as JSON: the same after any attack."""

# ruff: noqa: PTH109, PTH208, T201 - it works in a box

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading

with tempfile.TemporaryFile() as file:
    file.write(b"x" * 100_000)
thread = threading.Thread(target=os.getpid)
thread.start()
thread.join()
shell = subprocess.run(["/bin/sh", "-c", "echo shell"], capture_output=True, text=True, check=True)

own_place = os.getcwd() == "/box"
seen = {
    "folder": sorted(os.listdir(".")),
    "temporary": sorted(os.listdir("/tmp")) if own_place else None,
    "root": sorted(os.listdir("/")) if own_place else None,
    "processes": [name for name in os.listdir("/proc") if name.isdigit()] if own_place else None,
    "id": os.getpid() if own_place else None,
    "environment": dict(os.environ),
    "modules": sorted(sys.modules),
    "random": random.random(),
    "umask": os.umask(0o22),
    "limits": [resource.getrlimit(each) for each in range(16)],
    "priority": os.getpriority(os.PRIO_PROCESS, 0),
    "signals": sorted(str(signal.getsignal(each)) for each in signal.valid_signals()),
    "mask": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    "timers": [signal.getitimer(each) for each in range(3)],
    "shell": shell.stdout,
    "host name": os.uname().nodename,
}
print(json.dumps(seen))
