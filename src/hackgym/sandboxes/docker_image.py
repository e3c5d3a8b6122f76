"""The image of the sandbox `docker`, built by the engine from `docker/sandbox.Dockerfile`.

Its name holds a digest of everything that goes into it, so that an image that is there is the right
one. The base image gives Python; packages and guest are copies of those that are installed here.
"""

from __future__ import annotations

import hashlib
import io
import sys
import sysconfig
import tarfile
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

import docker
import docker.errors

from hackgym import _data
from hackgym.sandboxes.jail_view import packages
from hackgym.sandboxes.pool import GUEST, Broken
from hackgym_guest.view import SITE

DEFAULT_BASE = f"python:{sys.version_info.major}.{sys.version_info.minor}-slim-bookworm"
"""Has the same Python as here, so that packages with compiled parts run in it too."""

REPOSITORY = "hackgym-sandbox"
BUILD_S = 600
"""How long the engine may be silent while it pulls or builds."""


def find(engine: Any, base: str) -> str | None:
    """The name of the image on that base; None where it is still to be built."""
    try:
        name = _name(engine.inspect_image(base)["Id"])
        engine.inspect_image(name)
    except docker.errors.ImageNotFound:
        return None
    return name


def build(engine: Any, base: str) -> str:
    """Build the image on that base, which is pulled where it is missing, and name it.

    Raises Broken, and what the engine's client raises.
    """
    try:
        base_id = engine.inspect_image(base)["Id"]
    except docker.errors.ImageNotFound:
        _pull(engine, base)
        base_id = engine.inspect_image(base)["Id"]
    name = _name(base_id)
    with tempfile.TemporaryFile() as context:
        _pack(context)
        context.seek(0)
        steps = engine.build(
            fileobj=context,
            custom_context=True,
            tag=name,
            buildargs={"BASE": base_id},
            network_mode="none",
            rm=True,
            forcerm=True,
            timeout=BUILD_S,
            decode=True,
        )
        _follow(steps, f"the image {name} cannot be built from {base}")
    return name


def _pull(engine: Any, base: str) -> None:
    repository, tag = docker.utils.parse_repository_tag(base)
    try:
        steps = engine.pull(repository, tag or "latest", stream=True, decode=True)
        _follow(steps, f"the base image {base} cannot be pulled")
    except docker.errors.APIError as error:
        raise Broken(f"the base image {base} cannot be pulled: {error.explanation}") from error


def _follow(steps: Any, failure: str) -> None:
    last = ""
    for step in steps:
        if "error" in step:
            raise Broken(f"{failure}: {step['error'].strip()} {last}".strip())
        last = step.get("stream", "").strip() or last


def _name(base_id: str) -> str:
    """The name of the image on the base of that id."""
    digest = hashlib.sha256()
    versions = sorted(packages())  # folders of metadata are among them, whose names have versions
    facts = [base_id, sysconfig.get_platform(), sys.implementation.cache_tag, *versions]
    for fact in facts:
        digest.update(f"{fact}\n".encode())
    for path in [_data.dockerfile(), *_guest()]:
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)}\n".encode() + data)
    return f"{REPOSITORY}:{digest.hexdigest()[:16]}"


def _guest() -> list[Path]:
    return sorted(Path(GUEST).glob("*.py"))


def _pack(context: BinaryIO) -> None:
    """Write the archive that the engine builds from."""
    with tarfile.open(fileobj=context, mode="w") as archive:
        archive.add(_data.dockerfile(), "Dockerfile", filter=_plain)
        _add_folder(archive, "packages")  # also where there is none to put into it
        for path, source in packages().items():
            archive.add(source, path.replace(SITE, "packages", 1), filter=_plain)
        _add_folder(archive, "guest")
        for file in _guest():
            archive.add(file, f"guest/{file.name}", filter=_plain)


def _add_folder(archive: tarfile.TarFile, name: str) -> None:
    folder = tarfile.TarInfo(name)
    folder.type, folder.mode = tarfile.DIRTYPE, 0o755
    archive.addfile(folder, io.BytesIO())


def _plain(file: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """A member as everybody may read it, with nothing of this machine's users."""
    if "__pycache__" in file.name:
        return None
    file.uid = file.gid = 0
    file.uname = file.gname = ""
    file.mode = 0o755 if file.isdir() or file.mode & 0o100 else 0o644
    return file
