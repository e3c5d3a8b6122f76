"""The stream of a container, as the engine sends it: taken apart, and not believed."""

from __future__ import annotations

import socket
import struct
import threading

import pytest

from hackgym.sandboxes import docker_slot
from hackgym.sandboxes.pool import answer
from hackgym.testing.frame import script


def packets(*parts: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack(">BxxxI", kind, len(data)) + data for kind, data in parts)


def test_the_stream_is_taken_apart_however_it_comes() -> None:
    whole = packets((1, b"ab"), (2, b"a note"), (1, b""), (1, b"cde"), (2, b"\nthe last!"))
    for step in (1, 3, len(whole)):
        ours, theirs = socket.socketpair()
        stream = docker_slot.Stream(ours)

        def feed(theirs: socket.socket = theirs, step: int = step) -> None:
            with theirs:
                for at in range(0, len(whole), step):
                    theirs.sendall(whole[at : at + step])

        feeder = threading.Thread(target=feed)
        feeder.start()
        got = b""
        while part := stream.receive(100):
            got += part
        feeder.join()
        stream.close()
        assert (got, stream.notes) == (b"abcde", "the last!")


def test_an_answer_that_is_too_long_breaks_the_slot_and_fills_no_memory() -> None:
    ours, theirs = socket.socketpair()
    stream = docker_slot.Stream(ours)
    theirs.sendall(packets((1, bytes([0, 0, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF]) + b"{}")))
    with pytest.raises(ValueError, match="is over"):
        answer(stream.receive, script("pass"))
    theirs.close()
    stream.close()
