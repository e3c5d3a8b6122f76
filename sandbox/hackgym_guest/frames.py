"""Frames: a JSON head and raw bytes, each with its length, over a stream."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable
from typing import Any

MAX_BYTES = 64 << 20
"""How large a frame to a box may be."""

_LENGTHS = struct.Struct(">II")


def pack(head: dict[str, Any], raw: bytes = b"") -> bytes:
    """The bytes of one frame."""
    text = json.dumps(head).encode("ascii")
    return _LENGTHS.pack(len(text), len(raw)) + text + raw


def read(receive: Callable[[int], bytes], limit: int = MAX_BYTES) -> tuple[dict[str, Any], bytes]:
    """Read one frame and nothing beyond it.

    `receive` gives up to so many bytes, and none at the end. Raises EOFError when the stream ends
    first, and ValueError when this is no frame or more than `limit` bytes.
    """
    size, raw_size = _LENGTHS.unpack(_exactly(receive, _LENGTHS.size))
    if size + raw_size > limit:
        raise ValueError(f"a frame of {size + raw_size} bytes is over {limit}")
    head = json.loads(_exactly(receive, size))
    if not isinstance(head, dict):
        raise ValueError("the head of a frame is an object")  # noqa: TRY004 - see Raises
    return head, _exactly(receive, raw_size)


def _exactly(receive: Callable[[int], bytes], size: int) -> bytes:
    parts = []
    while size:
        part = receive(min(size, 1 << 20))
        if not part:
            raise EOFError("the stream ended within a frame")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def pass_on(receive: Callable[[int], bytes], target: int) -> None:
    """Read one frame, whatever its size, and write it to a blocking descriptor as it comes.

    Raises EOFError when the stream ends first.
    """
    data = _exactly(receive, _LENGTHS.size)
    left = sum(_LENGTHS.unpack(data))
    while left:
        part = receive(min(left, 1 << 16))
        if not part:
            raise EOFError("the stream ended within a frame")
        write(target, data + part)
        data, left = b"", left - len(part)


def write(descriptor: int, data: bytes) -> None:
    """Write all of it to a blocking descriptor."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
