"""What a box has left is removed, whatever it is."""

from __future__ import annotations

import os
from pathlib import Path

from hackgym_guest import remains


def test_a_folder_is_emptied_whatever_is_in_it(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    outside.chmod(0o500)
    folder = tmp_path / "folder"
    (folder / "closed" / "inner").mkdir(parents=True)
    (folder / "closed" / "inner" / "file").touch()
    (folder / "closed" / "inner").chmod(0)
    (folder / "closed").chmod(0o100)
    (folder / "link").symlink_to(outside)
    (folder / "dangling").symlink_to("nowhere")
    os.mkfifo(folder / "fifo")
    (folder / os.fsdecode(b"\xff\n")).touch()
    folder.chmod(0)
    remains.empty(str(folder))
    assert list(folder.iterdir()) == []
    assert [each.name for each in outside.iterdir()] == ["kept"]


def test_a_folder_deeper_than_any_path_is_emptied(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    os.mkdir("top", dir_fd=here)
    at = os.open("top", os.O_RDONLY, dir_fd=here)
    for _ in range(5000):
        os.mkdir("d", dir_fd=at)
        inner = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)
    remains.empty(str(tmp_path / "top"))
    assert list((tmp_path / "top").iterdir()) == []
    os.close(here)
