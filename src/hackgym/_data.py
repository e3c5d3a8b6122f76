"""Where the data lies that comes with the package: beside it in a wheel, above it in a checkout."""

from __future__ import annotations

from pathlib import Path


def environments() -> Path:
    """The folder of built-in task sets."""
    here = Path(__file__).resolve().parent
    packaged = here / "environments"
    return packaged if packaged.is_dir() else here.parents[1] / "environments"


def dockerfile() -> Path:
    """What the image of the sandbox `docker` is built by."""
    here = Path(__file__).resolve().parent
    packaged = here / "docker"
    return (packaged if packaged.is_dir() else here.parents[1] / "docker") / "sandbox.Dockerfile"
