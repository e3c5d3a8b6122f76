"""How a job gets to the zygote of a slot: as descriptors over its control socket."""

from __future__ import annotations

import socket


def submit(control: socket.socket, boxes: int) -> list[socket.socket]:
    """Start a job of so many boxes; a socket for each, for its plan and then its answer.

    Raises OSError where the slot is gone.
    """
    pairs = [socket.socketpair() for _ in range(boxes)]
    try:
        socket.send_fds(control, [b"j"], [theirs.fileno() for _, theirs in pairs])
    except OSError:
        for ours, _ in pairs:
            ours.close()
        raise
    finally:
        for _, theirs in pairs:
            theirs.close()
    return [ours for ours, _ in pairs]
