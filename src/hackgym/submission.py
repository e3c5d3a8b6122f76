"""What a learner hands in: a snapshot of files, from a reply or from a row."""

from __future__ import annotations

import bisect
import collections
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from hackgym.errors import BadSubmission
from hackgym.task import MAIN

MAX_FILES = 200
MAX_BYTES = 4 * 1024 * 1024
MAX_PATH = 200


@dataclass(frozen=True, slots=True)
class Submission:
    """A snapshot: path to text. Paths are relative and stay within the folder.

    Raises BadSubmission when a path leaves the folder, or when there are too many files or bytes.
    """

    files: Mapping[str, str]
    deleted: frozenset[str] = frozenset()
    """Files of the workspace that are to be gone."""
    left: tuple[str, ...] = ()
    """The commands whose processes were running when it was handed in."""

    def __post_init__(self) -> None:
        """Refuse what must not reach a sandbox."""
        if len(self.files) > MAX_FILES:
            raise BadSubmission(f"there are {len(self.files)} files; {MAX_FILES} are allowed")
        total = 0
        for path, text in self.files.items():
            check_path(path)
            if not isinstance(text, str):
                raise BadSubmission(f"{path!r}: a file's content is text")
            try:
                total += len(text.encode())
            except UnicodeEncodeError:
                raise BadSubmission(f"{path!r}: the text is not valid Unicode") from None
            if total > MAX_BYTES:
                raise BadSubmission(f"the files are larger than {MAX_BYTES} bytes together")
        _check_folders(self.files)

    @property
    def digest(self) -> str:
        """A hash of all that is handed in."""
        whole = hashlib.sha256()
        parts = [*sorted(self.files.items())]
        if self.deleted or self.left:
            parts += [("", json.dumps([sorted(self.deleted), self.left]))]
        for named in parts:
            for part in named:
                data = part.encode()
                whole.update(len(data).to_bytes(8, "big") + data)
        return whole.hexdigest()

    def over(self, base: Mapping[str, str]) -> Submission:
        """This submission laid over the files that were there before."""
        kept = {path: text for path, text in base.items() if path not in self.deleted}
        return replace(self, files={**kept, **self.files})

    def settled(self) -> Submission:
        """This submission with nothing left running."""
        return replace(self, left=())

    def changed(
        self, files: Mapping[str, str], deleted: Iterable[str] = (), left: Iterable[str] = ()
    ) -> Submission:
        """This submission after files were written, others deleted, and processes left running."""
        whole = {
            path: text for path, text in {**self.files, **files}.items() if path not in deleted
        }
        gone = (self.deleted | frozenset(deleted)) - files.keys()
        return Submission(whole, gone, (*self.left, *left))


def check_path(path: str) -> None:
    """Raise BadSubmission unless the path is relative, plain and within the folder."""
    shown = path if len(path) <= MAX_PATH else path[:MAX_PATH] + "..."
    parts = path.split("/")
    if not path or len(path.encode("utf-8", "surrogatepass")) > MAX_PATH:
        raise BadSubmission(f"path {shown!r}: give 1 to {MAX_PATH} characters")
    if path.startswith("/") or any(part in ("", ".", "..") for part in parts):
        raise BadSubmission(f"path {shown!r}: give a path within the folder, such as {MAIN!r}")
    if not path.isprintable() or "\\" in path:
        raise BadSubmission(f"path {shown!r}: control characters and backslashes are not allowed")


def _check_folders(files: Mapping[str, str]) -> None:
    for path in files:
        for parent in PurePosixPath(path).parents:
            if str(parent) in files:
                raise BadSubmission(f"path {path!r}: {str(parent)!r} is a file, not a folder")


_OPENING = re.compile(r"(`{3,}+|~{3,}+)([^`]*)")
_CLOSING = re.compile(r"(`{3,}+|~{3,}+)[ \t]*")
_PATH = re.compile(r"(?:^|[\s:=\"'])([\w./-]+\.[A-Za-z]\w*)\"?'?$")
_COMMENT = re.compile(r"\A#\s*(?:file(?:name)?:\s*)?([\w./-]+\.[A-Za-z]\w*)\s*\n")


def parse_reply(reply: str) -> Submission:
    r"""Read the files out of a model's reply.

    A fenced block is a file if its info string ends in a path (```` ```python helper.py ````) or if
    its first line is a comment with one (`# helper.py`). The last Python block without a path is
    `solution.py`. A reply without any fence is the text of `solution.py` itself.

    Raises BadSubmission as `Submission` does.
    """
    files, others = parse_blocks(reply)
    main = [body for info, body in others if info.lower() in ("", "python", "py", "python3")]
    if main:
        files.setdefault(MAIN, main[-1])
    return Submission(files or {MAIN: reply})


def parse_blocks(reply: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The fenced blocks of a reply: files by path, and the info string and body of all others."""
    files: dict[str, str] = {}
    others = []
    for info, body in _blocks(reply.replace("\r\n", "\n")):
        if named := _PATH.search(info) or _COMMENT.match(body):
            files[named.group(1).removeprefix("./")] = body
        else:
            others.append((info, body))
    return files, others


def _blocks(reply: str) -> Iterator[tuple[str, str]]:
    """The fenced blocks of a reply: info string and body. Its time is linear in the lines."""
    lines = reply.split("\n")
    closings: dict[str, list[int]] = collections.defaultdict(list)
    for number, line in enumerate(lines):
        if closing := _CLOSING.fullmatch(line):
            closings[closing[1]].append(number)
    at = 0
    while at < len(lines):
        if opening := _OPENING.fullmatch(lines[at]):
            ends = closings[opening[1]]
            place = bisect.bisect_right(ends, at)
            if place < len(ends):
                yield (
                    opening[2].strip(),
                    "".join(f"{line}\n" for line in lines[at + 1 : ends[place]]),
                )
                at = ends[place]
        at += 1


def format_reply(files: Mapping[str, str]) -> str:
    """Files as a reply that `parse_reply` reads back."""
    blocks = []
    for path, text in files.items():
        longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        end = "" if text.endswith("\n") else "\n"
        blocks.append(f"{fence}python {path}\n{text}{end}{fence}")
    return "\n\n".join(blocks)
