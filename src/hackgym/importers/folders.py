"""What importers of folders share: files that are read within bounds, and never through a link out.

A source is hostile: a link may lead anywhere, a file may have any size or be no file at all.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from hackgym.errors import BadInput
from hackgym.submission import MAX_BYTES, MAX_FILES

MAX_FILE_KB = 1024
MAX_ENTRIES = 20_000
"""No folder with more entries, those of its folders included, is looked through."""
_AWAY = frozenset({"__pycache__", "node_modules", "venv", "build", "dist"})
"""Folders in which nothing of a source lies; as little does in hidden ones."""


class NoText(BadInput):
    """A file is not text, as pictures are not."""


def text_of(path: Path, root: Path) -> str:
    """The text of a file.

    Args:
        path: the file.
        root: the folder that it has to lie in, links followed.

    Raises:
        NoText: the file is not text.
        BadInput: naming the file, where it is missing, too large, or not in the folder.
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root.resolve()):
            raise BadInput(f"{path}: this is a link out of the folder; put the file there itself")
        if not stat.S_ISREG(real.stat().st_mode):
            raise BadInput(f"{path}: this is no file; put a text file there")
        with real.open("rb") as file:
            data = file.read(MAX_FILE_KB * 1024 + 1)
        if b"\0" in data:
            raise NoText(f"{path}: the file is not UTF-8 text")
        if len(data) > MAX_FILE_KB * 1024:
            raise BadInput(f"{path}: the file is larger than {MAX_FILE_KB} KiB; make it smaller")
    except FileNotFoundError:
        raise BadInput(f"{path}: the file is missing") from None
    except (OSError, RuntimeError) as error:  # a loop of links is the one or the other
        raise BadInput(f"{path}: the file cannot be read: {error}") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoText(f"{path}: the file is not UTF-8 text") from error


def texts_below(folder: Path, root: Path) -> dict[str, str]:
    """The text files below a folder by relative path. What is no text, or hidden, is left out.

    Raises BadInput where there are too many files or bytes, or where a file leads out of `root`.
    """
    found: dict[str, str] = {}
    total = 0
    for path in paths_below(folder):
        try:
            text = text_of(path, root)
        except NoText:
            continue
        total += len(text.encode())
        found[path.relative_to(folder).as_posix()] = text
        if len(found) > MAX_FILES or total > MAX_BYTES:
            few = f"{MAX_FILES} files of {MAX_BYTES // 2**20} MiB"
            raise BadInput(f"{folder}: there are more than {few} in it; leave some out")
    return found


def paths_below(folder: Path) -> Iterator[Path]:
    """The files below a folder, in order; links to folders are not followed. Raises BadInput."""
    seen = 0
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in _AWAY and not f.startswith("."))
        seen += len(folders) + len(files)
        if seen > MAX_ENTRIES:
            raise BadInput(f"{folder}: there are more than {MAX_ENTRIES} entries in it")
        yield from (Path(at, name) for name in sorted(files) if not name.startswith("."))


def folders_of(source: Path, marker: str, *, below: str = ".") -> list[Path]:
    """The folders that hold a file: the source itself, or those that lie in it.

    Args:
        source: the folder that was given.
        marker: the file that each has, by its path.
        below: where else than in the source itself such folders may lie.

    Raises:
        BadInput: the source is no folder, or there is no such folder.
    """
    if not source.is_dir():
        why = "this is no folder" if source.exists() else "the folder is missing"
        raise BadInput(f"{source}: {why}; give one that has {marker!r} in it or in its folders")
    if (source / marker).is_file():
        return [source]
    found = [
        folder
        for parent in dict.fromkeys((source, source / below))
        if parent.is_dir()
        for folder in sorted(parent.iterdir())
        if not folder.is_symlink() and (folder / marker).is_file()
    ]
    if not found:
        raise BadInput(f"{source}: there is no {marker!r} in it or in its folders")
    return found
