"""Create .venv and install hackgym into it; where that is done already, do nothing.

Usage: python3 scripts/bootstrap.py [--dev]

`--dev` adds the development tools. Only the standard library is used, and nothing but `.venv` in
the checkout is written. Until the version check below, this file must parse and run on any
Python 3, so that an old one can say that it is too old.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import venv
from pathlib import Path
from urllib.parse import urljoin

if sys.version_info < (3, 11):  # noqa: UP036  # whatever python3 there is starts this file
    supported = "import sys; sys.exit(sys.version_info < (3, 11))"
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        # A version manager's shim can be on the PATH and still start nothing.
        if found and not subprocess.call([found, "-c", supported], stderr=subprocess.DEVNULL):
            os.execv(found, [found, *sys.argv])  # noqa: S606  # no shell is wanted
    sys.exit(
        "hackgym needs Python 3.11 or newer; {} is {}.{}, and no python3.11, 3.12 or 3.13 was "
        "found: install one, or name it: make PYTHON=/path/to/python3.11 ...".format(
            sys.executable, *sys.version_info[:2]
        )
    )

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "hackgym-installed"
"""Hash of the pyproject.toml that was installed, and whether the development tools were."""
PIP_JSON = "https://pypi.org/pypi/pip/json"


def main(dev: bool) -> None:
    """Bring .venv up to date. Exits with one line where the machine does not allow it."""
    broken = why_not_usable()
    stamp = "" if broken or not STAMP.exists() else STAMP.read_text()
    dev = dev or stamp.endswith(" dev")
    pyproject = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    wanted = f"{pyproject} {'dev' if dev else 'plain'}"
    if stamp == wanted:
        return
    check_writable()
    if broken:
        say(f"creating .venv ({broken})")
        venv.EnvBuilder(clear=True, symlinks=True).create(VENV)
    STAMP.unlink(missing_ok=True)
    ensure_pip()
    if dev:
        say("installing hackgym and its development tools into .venv (a minute or so)")
        pip("install", "--editable", ".", "--group", "dev")
    else:
        say("installing hackgym into .venv (less than a minute)")
        pip("install", "--editable", ".")
    STAMP.write_text(wanted)


def say(what: str) -> None:
    """Tell the user what happens next, before it happens."""
    print(f"hackgym: {what}", flush=True)


def why_not_usable() -> str:
    """Return why .venv must be made anew, or nothing where it can be used."""
    config = VENV / "pyvenv.cfg"
    if not config.exists():
        return "there is none yet"
    # Scripts in .venv/bin name the folder that they were installed to.
    if f" {VENV}\n" not in config.read_text():
        return "the old one was made in another folder"
    version = "import sys; print(*sys.version_info[:2], sep='.')"
    ours = "{}.{}".format(*sys.version_info)
    try:
        theirs = subprocess.run(
            [PYTHON, "-I", "-c", version], capture_output=True, check=True, text=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "the Python of the old one is gone"
    return "" if theirs == ours else f"the old one has Python {theirs}, this is {ours}"


def check_writable() -> None:
    """Exit with one line where this user cannot write to the checkout."""
    for folder in (ROOT, VENV):
        if folder.exists() and not os.access(folder, os.W_OK):
            sys.exit(
                f"hackgym: you cannot write to {folder}: it is read-only or belongs to another "
                "user; use a copy of the checkout in a folder of your own"
            )


def ensure_pip() -> None:
    """Put a pip into .venv that knows dependency groups."""
    if not can_run("-m", "pip", "--version") and not can_run("-m", "ensurepip"):
        say("getting pip from pypi.org, as this Python comes without ensurepip")
        with tempfile.TemporaryDirectory() as folder:
            wheel = fetch_pip(Path(folder))
            run(f"{wheel}/pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    pip("install", "pip>=25.1")


def can_run(*arguments: str) -> bool:
    """Tell whether the Python of .venv, given these arguments, succeeds."""
    return not subprocess.run([PYTHON, *arguments], capture_output=True, check=False).returncode


def fetch_pip(folder: Path) -> Path:
    """Download pip's newest wheel into the folder; exits where it cannot be had or is not it."""
    try:
        with urllib.request.urlopen(PIP_JSON, timeout=60) as answer:
            files = json.load(answer)["urls"]
        file = next(file for file in files if file["packagetype"] == "bdist_wheel")
        address = urljoin(PIP_JSON, file["url"])  # mirrors answer with relative ones
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310  # relative to https
            data = answer.read()
    except (OSError, ValueError) as error:
        sys.exit(
            f"hackgym: pip cannot be fetched from pypi.org ({error}); check the network and the "
            "package ca-certificates, or install Python's venv package (Debian: python3-venv)"
        )
    if hashlib.sha256(data).hexdigest() != file["digests"]["sha256"]:
        sys.exit(f"hackgym: {address} is damaged (wrong sha256); try again")
    wheel = folder / str(file["filename"])
    wheel.write_bytes(data)
    return wheel


def pip(*arguments: str) -> None:
    """Run the pip of .venv in the checkout."""
    run("-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)


def run(*arguments: str) -> None:
    """Run the Python of .venv in the checkout; exits with one line where that fails."""
    done = subprocess.run([PYTHON, *arguments], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(
            f"hackgym: 'python {' '.join(arguments)}' failed, for the reason above; "
            "put it right and run the same command again"
        )


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--dev"]):
        sys.exit("usage: python3 scripts/bootstrap.py [--dev]")
    try:
        main(dev="--dev" in sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("hackgym: interrupted; the same command goes on where it stopped")
    except (OSError, ValueError) as error:  # ValueError: what venv says of a .venv that is a file
        sys.exit(f"hackgym: .venv cannot be made: {error}; remove {VENV} and try again")
